package io.meanmax.sparse;

import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole example, forward, backward and update; the unit is a word. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@State(Scope.Thread)
public class ExampleBenchmark {
  private static final float RATE = 0.05f;
  private static final int DENSE_UNITS = 30;

  /** The network: the mean alone, or mean and maximum with a dense layer. */
  @Param({"mean", "mean-max"})
  public String network;

  /** Classes of the output layer. */
  @Param({"10", "105"})
  public int classes;

  private ExampleTrainer trainer;

  /** Makes the model. */
  @Setup
  public void fill(KernelState kernel) {
    boolean mean = network.equals("mean");
    NetworkSpec spec =
        new NetworkSpec(
            KernelState.VOCABULARY,
            kernel.dimension,
            mean ? new Pooling.Mean() : new Pooling.MeanMax(),
            mean ? List.of() : List.of(DENSE_UNITS),
            new Output.Softmax(classes));
    SparseModel model = SparseModel.initial(spec, 1, SparseOptimizer.ADAGRAD);
    trainer = new ExampleTrainer(model, kernel.loops);
  }

  /**
   * Trains on the next document. Its label follows from its words, so that there is some to learn.
   */
  @Benchmark
  @OperationsPerInvocation(KernelState.WORDS)
  public float train(KernelState kernel) {
    int from = kernel.next();
    int label = kernel.ids[from] % classes;
    return trainer.train(kernel.ids, from, KernelState.WORDS, label, 1, RATE);
  }
}
