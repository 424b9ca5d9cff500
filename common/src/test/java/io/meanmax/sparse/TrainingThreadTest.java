package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a thread lets the others know what it learnt. */
class TrainingThreadTest {
  /** Few enough words that each thread has copies of all of them from the beginning. */
  private static final NetworkSpec SPEC =
      new NetworkSpec(30, 6, new Pooling.Mean(), List.of(), new Output.Softmax(3));

  private static final float RATE = 0.05f;

  private final SparseModel model = SparseModel.initial(SPEC, 1, SparseOptimizer.ADAGRAD);

  @ParameterizedTest
  @CsvSource({"0, 2, 16", "131072, 2, 512", "131072, 16, 64"})
  void frequentRows_areExchangedTheLessOftenTheMoreWasTrained(
      long trained, int threads, int between) {
    model.trained.set(trained);
    TrainingThread thread = TrainingThread.amongOthers(model, threads);
    train(thread, 0, between - 1, between);
    assertThat(model.touched).containsOnly(0);
    assertThat(model.trained).hasValue(trained);
    train(thread, between - 1, between, between);
    assertThat(model.touched).contains(1);
    assertThat(model.trained).hasValue(trained + between);
  }

  @ParameterizedTest
  @CsvSource({"2, 64", "3, 42", "8, 16", "16, 16"})
  void layers_areExchangedTheMoreOftenTheMoreThreadsThereAre(int threads, int between) {
    float[] bias = model.layers.get(0).bias.clone();
    TrainingThread thread = TrainingThread.amongOthers(model, threads);
    train(thread, 0, between - 1, between);
    assertThat(model.layers.get(0).bias).containsExactly(bias);
    train(thread, between - 1, between, between);
    assertThat(model.layers.get(0).bias).isNotEqualTo(bias);
  }

  private static void train(TrainingThread thread, int from, int to, int size) {
    EncodedExamples examples = Networks.examples(SPEC, size, 2);
    if (from == 0) {
      thread.begin();
    }
    thread.train(examples, Networks.inOrder(examples), from, to, RATE);
  }
}
