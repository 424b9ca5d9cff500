package io.meanmax.sparse;

import io.meanmax.network.NetworkSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import net.jpountz.lz4.LZ4BlockInputStream;
import net.jpountz.lz4.LZ4BlockOutputStream;

/**
 * How fast one thread of this machine does what workers and driver do with a {@link ModelChange}
 * beside sending it. All in bytes of changes a second.
 *
 * @param take a worker copies its touched rows out of its model
 * @param serialize and {@code deserialize}: Java's serialisation, which Spark uses for results
 * @param compress and {@code decompress}: LZ4, which Spark uses for broadcasts
 * @param merge the driver merges changes of several workers; of the bytes that come in
 * @param apply a worker overwrites its rows with merged ones
 */
public record ExchangeSpeed(
    double take,
    double serialize,
    double deserialize,
    double compress,
    double decompress,
    double merge,
    double apply) {
  private static final int PASSES = 11;

  private interface Work {
    void run() throws IOException, ClassNotFoundException;
  }

  /**
   * Measures: medians of {@value #PASSES} passes after one that warms up.
   *
   * @param rowsOfWorkers which rows each of some workers touched in a round
   */
  public static ExchangeSpeed measure(NetworkSpec spec, List<int[]> rowsOfWorkers)
      throws IOException, ClassNotFoundException {
    SparseModel model = SparseModel.initial(spec, 1, SparseOptimizer.ADAGRAD);
    List<ModelChange> changes =
        rowsOfWorkers.stream().map(rows -> ModelChange.copy(model, rows, true)).toList();
    ModelChange one = changes.get(0);
    int[] rows = rowsOfWorkers.get(0);
    double[] weights = new double[changes.size()];
    Arrays.fill(weights, 1);
    long bytes = one.bytes();
    long all = changes.stream().mapToLong(ModelChange::bytes).sum();
    byte[] serialized = serialize(one);
    byte[] compressed = compress(serialized);
    return new ExchangeSpeed(
        bytes
            / seconds(
                () -> {
                  for (int row : rows) {
                    model.touched[row] = 1;
                  }
                  ModelChange.take(model);
                }),
        bytes / seconds(() -> serialize(one)),
        bytes / seconds(() -> deserialize(serialized)),
        bytes / seconds(() -> compress(serialized)),
        bytes / seconds(() -> decompress(compressed)),
        all / seconds(() -> ModelMerge.merge(model, changes, weights, ModelMerge.Rule.NORM)),
        bytes / seconds(() -> one.applyTo(model)));
  }

  private static byte[] serialize(ModelChange change) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(change);
    }
    return bytes.toByteArray();
  }

  private static void deserialize(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      in.readObject();
    }
  }

  private static byte[] compress(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (LZ4BlockOutputStream out = new LZ4BlockOutputStream(compressed)) {
      out.write(bytes);
    }
    return compressed.toByteArray();
  }

  private static void decompress(byte[] bytes) throws IOException {
    try (InputStream in = new LZ4BlockInputStream(new ByteArrayInputStream(bytes))) {
      in.readAllBytes();
    }
  }

  /** Of the processor, not of the clock: others who use the machine do not count. */
  private static double seconds(Work work) throws IOException, ClassNotFoundException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    work.run();
    double[] seconds = new double[PASSES];
    for (int pass = 0; pass < PASSES; pass++) {
      long started = threads.getCurrentThreadCpuTime();
      work.run();
      seconds[pass] = (threads.getCurrentThreadCpuTime() - started) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds[PASSES / 2];
  }
}
