package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.network.Forward;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparseTrainerTest {
  private static final int CLASSES = 3;
  private static final int OWN_WORDS = 5;
  private static final int NOISE = 2 + CLASSES * OWN_WORDS;
  private static final int VOCABULARY = NOISE + 10;

  private static NetworkSpec spec(int dimension, Pooling pooling, Integer... dense) {
    return new NetworkSpec(
        VOCABULARY, dimension, pooling, List.of(dense), new Output.Softmax(CLASSES));
  }

  /** Each class has words of its own; the others say nothing. */
  private static EncodedExamples separable(int count) {
    Random random = new Random(4);
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    for (int example = 0; example < count; example++) {
      int label = random.nextInt(CLASSES);
      int[] ids = new int[6];
      for (int i = 0; i < ids.length; i++) {
        ids[i] =
            i < 2
                ? 2 + label * OWN_WORDS + random.nextInt(OWN_WORDS)
                : NOISE + random.nextInt(VOCABULARY - NOISE);
      }
      builder.add(ids, label, 1 + label / 2f);
    }
    return builder.build();
  }

  private static RateSchedule schedule(SparseOptimizer optimizer) {
    double rate =
        switch (optimizer) {
          case ADAGRAD -> 0.1;
          case SGD -> 0.5;
          case ADAM -> 0.01;
        };
    return new RateSchedule(rate, RateSchedule.Decay.LINEAR);
  }

  /** Losses of each epoch. */
  private static double[] train(
      SparseModel model, EncodedExamples examples, int threads, int epochs, RateSchedule schedule) {
    double[] losses = new double[epochs];
    int[] order = Networks.inOrder(examples);
    try (SparseTrainer trainer = new SparseTrainer(model, threads)) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        Span span = new Span(0, order.length, (double) epoch / epochs, (epoch + 1.0) / epochs);
        losses[epoch] = trainer.train(examples, order, span, schedule);
      }
    }
    return losses;
  }

  private static double accuracy(SparseModel model, EncodedExamples examples) {
    Forward forward = new Forward(model.parameters());
    int right = 0;
    for (int e = 0; e < examples.size(); e++) {
      float[] probabilities = forward.probabilities(examples.features(e));
      int best = 0;
      for (int c = 1; c < probabilities.length; c++) {
        best = probabilities[c] > probabilities[best] ? c : best;
      }
      right += best == examples.label(e) ? 1 : 0;
    }
    return (double) right / examples.size();
  }

  static List<NetworkSpec> specs() {
    return List.of(
        spec(1, new Pooling.MeanMax()),
        spec(7, new Pooling.Mean()),
        spec(17, new Pooling.Max()),
        spec(16, new Pooling.MeanMax(), 30),
        spec(50, new Pooling.MeanMax(), 7, 5),
        spec(1000, new Pooling.MeanMax(), 30));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void oneThread_isDeterministic_byteForByte(NetworkSpec spec) {
    EncodedExamples examples = separable(200);
    for (SparseOptimizer optimizer : SparseOptimizer.values()) {
      SparseModel one = SparseModel.initial(spec, 1, optimizer);
      SparseModel two = SparseModel.initial(spec, 1, optimizer);
      double[] losses = train(one, examples, 1, 3, schedule(optimizer));
      assertThat(train(two, examples, 1, 3, schedule(optimizer))).containsExactly(losses);
      assertThat(Networks.flat(two.parameters())).containsExactly(Networks.flat(one.parameters()));
    }
  }

  private static boolean learns(
      NetworkSpec spec, SparseOptimizer optimizer, EncodedExamples examples, int threads) {
    SparseModel model = SparseModel.initial(spec, 1, optimizer);
    double[] losses = train(model, examples, threads, 20, schedule(optimizer));
    return losses[19] < losses[0] / 4 && accuracy(model, examples) == 1;
  }

  @ParameterizedTest
  @EnumSource
  void separableExamples_areLearnt_byAnyNumberOfThreads(SparseOptimizer optimizer) {
    EncodedExamples examples = separable(600);
    for (Pooling pooling : Networks.POOLINGS) {
      for (List<Integer> dense : List.of(List.<Integer>of(), List.of(16))) {
        if (optimizer == SparseOptimizer.SGD && !dense.isEmpty()) {
          // Small embeddings below a tanh are a flat start, which plain SGD hardly leaves.
          continue;
        }
        for (int threads : new int[] {1, 2, 4, 7}) {
          NetworkSpec spec = spec(20, pooling, dense.toArray(new Integer[0]));
          // Threads without locks may have bad luck with one another on so few words.
          int attempts = threads == 1 ? 1 : 3;
          assertThat(IntStream.range(0, attempts))
              .as("%s, %s, dense %s, %d threads", optimizer, pooling, dense, threads)
              .anyMatch(attempt -> learns(spec, optimizer, examples, threads));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void lossThatIsNoNumber_stopsTraining_andNamesTheExamples(int threads) {
    EncodedExamples examples = separable(1000);
    SparseModel model =
        SparseModel.of(Networks.random(spec(8, new Pooling.Mean()), 1), SparseOptimizer.SGD);
    RateSchedule huge = new RateSchedule(1e30, RateSchedule.Decay.CONSTANT);
    assertThatThrownBy(() -> train(model, examples, threads, 1, huge))
        .isInstanceOf(NonFiniteLossException.class)
        .hasMessageMatching("loss is (NaN|-?Infinity) within examples \\d+ to \\d+ .*");
  }

  @Test
  void infiniteWeight_isFoundInItsBlock() {
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    for (int example = 0; example < 150; example++) {
      builder.add(new int[] {2}, 0, example == 130 ? Float.POSITIVE_INFINITY : 1);
    }
    SparseModel model =
        SparseModel.of(Networks.random(spec(8, new Pooling.Mean()), 1), SparseOptimizer.ADAGRAD);
    assertThatThrownBy(() -> train(model, builder.build(), 1, 1, schedule(SparseOptimizer.ADAGRAD)))
        .isInstanceOf(NonFiniteLossException.class)
        .hasMessageContaining("within examples 128 to 149 of the epoch's order, which weigh ");
  }

  @Test
  void interruption_endsTraining_beforeItReturns() {
    EncodedExamples examples = separable(200_000);
    SparseModel model =
        SparseModel.of(Networks.random(spec(64, new Pooling.Mean()), 1), SparseOptimizer.ADAGRAD);
    try (SparseTrainer trainer = new SparseTrainer(model, 2)) {
      int[] order = Networks.inOrder(examples);
      Span span = new Span(0, order.length, 0, 1);
      RateSchedule schedule = schedule(SparseOptimizer.ADAGRAD);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> trainer.train(examples, order, span, schedule))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Interrupted while training");
      assertThat(Thread.interrupted()).isTrue();
      float[] then = Networks.flat(model.parameters());
      // Meanwhile a thread that still trained would have changed it.
      train(meanModel(), separable(20_000), 1, 1, schedule);
      assertThat(Networks.flat(model.parameters())).containsExactly(then);
    }
  }

  @Test
  void failureOfOneExample_comesUpAsItIs() {
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    builder.add(new int[] {0}, 0, 1);
    SparseModel model =
        SparseModel.of(Networks.random(spec(8, new Pooling.Mean()), 1), SparseOptimizer.SGD);
    assertThatThrownBy(() -> train(model, builder.build(), 2, 1, schedule(SparseOptimizer.SGD)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not PAD");
  }

  private static final RateSchedule HARDLY = new RateSchedule(1e-9, RateSchedule.Decay.CONSTANT);

  private static SparseModel meanModel() {
    return SparseModel.of(
        NetworkParameters.initial(spec(8, new Pooling.Mean()), 1), SparseOptimizer.ADAGRAD);
  }

  /** Where steps are tiny, Adagrad's sums are the same in any order. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 17, 65, 200})
  void allThatSeveralThreadsMet_isInTheLayer(int count) {
    EncodedExamples examples = separable(count);
    SparseModel several = meanModel();
    train(several, examples, 3, 1, HARDLY);
    SparseModel one = meanModel();
    train(one, examples, 1, 1, HARDLY);
    for (int c = 0; c < CLASSES; c++) {
      float sum = one.layers.get(0).unitState[c];
      assertThat(several.layers.get(0).unitState[c]).isCloseTo(sum, withinPercentage(0.1));
    }
  }

  @Test
  void severalThreads_goOnFromWhatTheLayerBecameMeanwhile() {
    SparseModel model = meanModel();
    EncodedExamples examples = separable(20);
    int[] order = Networks.inOrder(examples);
    Span span = new Span(0, order.length, 0, 1);
    try (SparseTrainer trainer = new SparseTrainer(model, 2)) {
      trainer.train(examples, order, span, HARDLY);
      model.layers.get(0).bias[1] = 5;
      trainer.train(examples, order, span, HARDLY);
    }
    assertThat(model.layers.get(0).bias[1]).isCloseTo(5, within(1e-5f));
  }
}
