package io.meanmax.sparse;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Threads that train one model: the unit is a word, of all threads together. Before each iteration
 * of several threads it says how long a cache line takes to go from one of two threads to the other
 * and back, which on two processors is what the threads that train will see.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@State(Scope.Benchmark)
public class ThreadsBenchmark {
  private static final RateSchedule RATE = new RateSchedule(0.05, RateSchedule.Decay.CONSTANT);
  private static final Span ALL = new Span(0, KernelState.DOCUMENTS, 0, 1);

  /** Mean alone, or mean and maximum under a dense tanh layer of 30. */
  @Param({"mean", "mean-max"})
  public String pooling;

  /** Length of a word vector. */
  @Param("80")
  public int dimension;

  /** Classes of the output layer. */
  @Param({"10", "105"})
  public int classes;

  /** Threads of the trainer. */
  @Param({"1", "2"})
  public int threads;

  private EncodedExamples examples;
  private int[] order;
  private SparseTrainer trainer;

  /**
   * Makes documents, taken in random order as in training, and a model. A label follows from the
   * words, so that there is some to learn.
   */
  @Setup
  public void fill() {
    int words = KernelState.WORDS;
    int[] ids = KernelState.zipf(KernelState.DOCUMENTS * words, KernelState.VOCABULARY);
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    for (int from = 0; from < ids.length; from += words) {
      builder.add(Arrays.copyOfRange(ids, from, from + words), ids[from] % classes, 1);
    }
    examples = builder.build();
    List<Integer> shuffled = new ArrayList<>(IntStream.range(0, examples.size()).boxed().toList());
    Collections.shuffle(shuffled, new Random(1));
    order = shuffled.stream().mapToInt(Integer::intValue).toArray();
    boolean mean = pooling.equals("mean");
    NetworkSpec spec =
        new NetworkSpec(
            KernelState.VOCABULARY,
            dimension,
            mean ? new Pooling.Mean() : new Pooling.MeanMax(),
            mean ? List.of() : List.of(30),
            new Output.Softmax(classes));
    trainer = new SparseTrainer(SparseModel.initial(spec, 1, SparseOptimizer.ADAGRAD), threads);
  }

  /** Tells what the machine is like just now. */
  @Setup(Level.Iteration)
  public void look() {
    if (threads > 1) {
      System.out.printf(Locale.ROOT, "cache line %.0f ns, ", CacheLine.toAndFro());
    }
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    trainer.close();
  }

  /** Trains on all documents once. */
  @Benchmark
  @OperationsPerInvocation(KernelState.DOCUMENTS * KernelState.WORDS)
  public double train() {
    return trainer.train(examples, order, ALL, RATE);
  }
}
