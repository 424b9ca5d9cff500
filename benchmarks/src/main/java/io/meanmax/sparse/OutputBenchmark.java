package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The output layer on the mean, once an example: the unit is an example. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@State(Scope.Thread)
public class OutputBenchmark {
  private static final float DELTA = 0.01f;
  private static final float STEP = 1e-6f;

  /** The inner loops. */
  @Param({"vector", "scalar"})
  public String math;

  /** Length of the layer's input. */
  @Param({"16", "80", "128"})
  public int dimension;

  /** Units of the layer. */
  @Param({"10", "105"})
  public int classes;

  private VectorMath loops;
  private EmbeddingTable weights;
  private float[] input;
  private float[] gradient;
  private int[] units;
  private float[] deltas;
  private float[] steps;
  private final float[] scratch = new float[VectorMath.SCRATCH];
  private float[] logits;
  private float[] probabilities;

  /** Fills the layer. */
  @Setup
  public void fill() {
    loops = KernelState.loops(math);
    weights = KernelState.filled(EmbeddingTable.aligned(classes, dimension));
    input = KernelState.filled(new EmbeddingTable(1, weights.stride())).row(0);
    gradient = new float[weights.stride()];
    units = IntStream.range(0, classes).toArray();
    deltas = new float[classes];
    Arrays.fill(deltas, DELTA);
    steps = new float[classes];
    Arrays.fill(steps, STEP);
    logits = new float[EmbeddingTable.padded(classes)];
    probabilities = new float[logits.length];
    for (int c = 0; c < classes; c++) {
      logits[c] = c % 7 - 3;
    }
  }

  /** Logits: a product with a row of weights for each class. */
  @Benchmark
  public float[] gemv() {
    loops.gemv(weights, classes, input, logits, scratch);
    return logits;
  }

  /** Gradient by the input, and update of the weights, where no class is negligible. */
  @Benchmark
  public float[] backward() {
    loops.backward(weights, units, classes, deltas, steps, input, gradient);
    return gradient;
  }

  /** Logits to probabilities. */
  @Benchmark
  public float[] softmax() {
    System.arraycopy(logits, 0, probabilities, 0, logits.length);
    loops.softmax(probabilities, classes);
    return probabilities;
  }
}
