package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The loops that read or write a row a word; the unit is a word. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class RowBenchmark {

  /** Adagrad's sums, as large as the table itself. */
  @State(Scope.Thread)
  public static class Sums {
    private EmbeddingTable table;

    /** As many as there are weights. */
    @Setup
    public void fill(KernelState kernel) {
      table = KernelState.filled(new EmbeddingTable(KernelState.VOCABULARY, kernel.dimension));
    }
  }

  /** The forward pass of the mean. */
  @Benchmark
  @OperationsPerInvocation(KernelState.WORDS)
  public float[] gather(KernelState kernel) {
    kernel.loops.sum(kernel.table, kernel.ids, kernel.next(), KernelState.WORDS, kernel.pooled);
    return kernel.pooled;
  }

  /** The forward pass of the maximum. */
  @Benchmark
  @OperationsPerInvocation(KernelState.WORDS)
  public int[] max(KernelState kernel) {
    kernel.loops.max(
        kernel.table, kernel.ids, kernel.next(), KernelState.WORDS, kernel.pooled, kernel.winners);
    return kernel.winners;
  }

  /** The backward pass of the mean: every row with a step of its own. */
  @Benchmark
  @OperationsPerInvocation(KernelState.WORDS)
  public void scatter(KernelState kernel) {
    kernel.loops.scatter(
        kernel.table, kernel.ids, kernel.next(), KernelState.WORDS, kernel.steps, kernel.pooled);
  }

  /** The backward pass where each component has a learning rate: two tables read and written. */
  @Benchmark
  @OperationsPerInvocation(KernelState.WORDS)
  public void adagrad(KernelState kernel, Sums sums) {
    kernel.loops.adagrad(
        1e-6f,
        kernel.pooled,
        kernel.table,
        sums.table,
        kernel.ids,
        kernel.next(),
        KernelState.WORDS);
  }
}
