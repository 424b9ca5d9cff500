package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import io.meanmax.encoding.EncodedExamples;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the JVM compile the kernel before it is needed. Until the loops of the Vector API are
 * compiled they take a hundred times as long, and threads that train leave the compiler no core. So
 * one thread trains a small model, which nobody keeps, while Spark still reads the examples. All
 * that happens in training has to happen here: what did not, the compiler leaves out, and compiles
 * anew in the first epoch.
 */
public final class WarmUp {
  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

  /**
   * Of a vector's components, and of a layer's units: longer rows go through the same loops as one
   * that is some multiple of this shorter, but longer than this.
   */
  private static final int PERIOD = 128;

  /** Threads that trained so much have copies of all frequent rows. */
  private static final int TRAINED = 1 << 18;

  /** Of a thread. */
  private static final int EXAMPLES = 64;

  private static final int WORDS_OF_EXAMPLE = 32;

  /** So many that what is called but once in some examples is compiled too. */
  private static final int PASSES = 768;

  /** Ends it where a pass takes long, as it does over large layers without the Vector API. */
  private static final Duration MOST = Duration.ofSeconds(3);

  private static final float RATE = 0.01f;

  /** A label's that stays so unlikely that most examples leave its unit alone. */
  private static final float UNLIKELY = -20;

  private WarmUp() {}

  /**
   * Begins to train in the background, for about a second where nothing is compiled yet, 3 at most.
   *
   * @param spec of the model that is to be trained; this one is smaller
   * @param threads that will train it, at least 1
   * @return done when the work is
   */
  public static CompletableFuture<Void> start(
      NetworkSpec spec, SparseOptimizer optimizer, int threads) {
    return CompletableFuture.runAsync(
            () -> train(small(spec), optimizer, threads),
            task -> {
              Thread thread = new Thread(task, "meanmax-warm-up");
              thread.setDaemon(true);
              thread.start();
            })
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                log.warn("Training will begin slowly, for the kernel was not warmed up", failure);
              }
            });
  }

  /** With as many words that threads share as of those of which each has a copy. */
  private static NetworkSpec small(NetworkSpec spec) {
    int dimension = small(spec.dimension());
    return new NetworkSpec(
        2 * EmbeddingTable.headRows(dimension),
        dimension,
        spec.pooling(),
        spec.dense().stream().map(WarmUp::small).toList(),
        new Output.Softmax(small(spec.output().units())));
  }

  static int small(int length) {
    return length <= PERIOD ? length : PERIOD + 1 + (length - 1) % PERIOD;
  }

  private static void train(NetworkSpec spec, SparseOptimizer optimizer, int threads) {
    SparseModel model = SparseModel.initial(spec, 1, optimizer);
    List<TrainingThread> inTurn =
        threads == 1
            ? List.of(TrainingThread.alone(model))
            : List.of(TrainingThread.amongOthers(model, 2), TrainingThread.amongOthers(model, 2));
    float[] bias = model.layers.get(model.layers.size() - 1).bias;
    bias[bias.length - 1] = UNLIKELY;
    EncodedExamples examples = examples(spec, inTurn.size() * EXAMPLES);
    int[] order = IntStream.range(0, examples.size()).toArray();
    inTurn.forEach(TrainingThread::begin);
    long end = System.nanoTime() + MOST.toNanos();
    for (int pass = 0; pass < PASSES && System.nanoTime() - end < 0; pass++) {
      if (pass == PASSES / 2) {
        model.trained.set(TRAINED);
      }
      int thread = pass % inTurn.size();
      inTurn.get(thread).train(examples, order, thread * EXAMPLES, (thread + 1) * EXAMPLES, RATE);
    }
    inTurn.forEach(TrainingThread::end);
  }

  private static EncodedExamples examples(NetworkSpec spec, int count) {
    SplittableRandom random = new SplittableRandom(1);
    EncodedExamples.Builder examples = new EncodedExamples.Builder();
    for (int example = 0; example < count; example++) {
      int[] words = random.ints(WORDS_OF_EXAMPLE, 1, spec.vocabularySize()).toArray();
      examples.add(words, example % spec.output().units(), 1);
    }
    return examples.build();
  }
}
