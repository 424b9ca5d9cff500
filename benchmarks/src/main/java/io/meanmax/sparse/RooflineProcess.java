package io.meanmax.sparse;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanmax.embedding.EmbeddingTable;
import io.meanmax.encoding.EncodedExamples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Times the kernel's gather and its scatter, each alone, on the words of a file of fastText lines:
 * no training that reads and writes a row a word can be faster than both one after the other.
 * Arguments: file, dimension, threads. Ids are by count as the vocabulary's, since how often rows
 * are in a cache depends on which are neighbours.
 */
public final class RooflineProcess {
  /**
   * Until all is compiled; and again for what is measured, so that short corpora are steady too.
   */
  private static final Duration LEAST = Duration.ofSeconds(1);

  private static final int LEAST_PASSES = 5;
  private static final float STEP = 1e-6f;

  private final EncodedExamples examples;
  private final EmbeddingTable table;
  private final int threads;

  private RooflineProcess(EncodedExamples examples, EmbeddingTable table, int threads) {
    this.examples = examples;
    this.table = table;
    this.threads = threads;
  }

  /** A pass of a thread over its share of the documents. */
  private interface Work {
    void example(int[] ids, int from, int count);
  }

  /** Makes a thread's work with its own scratch. */
  private interface WorkOfThread {
    Work make();
  }

  /** Runs; the figures go to standard output as JSON. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path file = Path.of(args[0]);
    FileOfWords words = FileOfWords.read(file);
    EmbeddingTable table =
        KernelState.filled(new EmbeddingTable(words.vocabularySize(), Integer.parseInt(args[1])));
    RooflineProcess process =
        new RooflineProcess(words.examples(), table, Integer.parseInt(args[2]));
    double gather = process.wordsPerSecond(process::gather);
    double scatter = process.wordsPerSecond(process::scatter);
    Map<String, Double> figures =
        Map.of(
            "words_per_second_per_thread",
            1 / (1 / gather + 1 / scatter) / process.threads,
            "gather_words_per_second",
            gather,
            "scatter_words_per_second",
            scatter);
    System.out.println(new ObjectMapper().writeValueAsString(figures));
  }

  private Work gather() {
    float[] sum = new float[table.stride()];
    return (ids, from, count) -> MathSelection.SELECTED.sum(table, ids, from, count, sum);
  }

  private Work scatter() {
    float[] gradient = new float[table.stride()];
    Arrays.fill(gradient, 0, table.dimension(), STEP);
    float[] steps = new float[longest()];
    Arrays.fill(steps, STEP);
    return (ids, from, count) ->
        MathSelection.SELECTED.scatter(table, ids, from, count, steps, gradient);
  }

  private int longest() {
    int longest = 0;
    for (int example = 0; example < examples.size(); example++) {
      longest = Math.max(longest, examples.length(example));
    }
    return longest;
  }

  /** The median pass of a second and more, after another second, of all threads together. */
  private double wordsPerSecond(WorkOfThread work) throws InterruptedException {
    passes(work, 1);
    double[] seconds = passes(work, LEAST_PASSES);
    return examples.words() / seconds[seconds.length / 2];
  }

  /** What each took, in ascending order. */
  private double[] passes(WorkOfThread work, int least) throws InterruptedException {
    List<Double> seconds = new ArrayList<>();
    long end = System.nanoTime() + LEAST.toNanos();
    while (seconds.size() < least || System.nanoTime() - end < 0) {
      long started = System.nanoTime();
      pass(work);
      seconds.add((System.nanoTime() - started) / 1e9);
    }
    return seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  private void pass(WorkOfThread work) throws InterruptedException {
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int from = (int) ((long) examples.size() * t / threads);
      int to = (int) ((long) examples.size() * (t + 1) / threads);
      Thread thread = new Thread(() -> share(work.make(), from, to), "roofline");
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) {
      thread.join();
    }
  }

  private void share(Work work, int from, int to) {
    for (int example = from; example < to; example++) {
      work.example(examples.ids(example), examples.start(example), examples.length(example));
    }
  }
}
