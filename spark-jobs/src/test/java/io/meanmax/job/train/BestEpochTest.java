package io.meanmax.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.metric.ClassificationAccumulator;
import io.meanmax.metric.ClassificationMetrics;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.List;
import org.junit.jupiter.api.Test;

class BestEpochTest {
  private static final NetworkParameters PARAMETERS =
      NetworkParameters.zeros(
          new NetworkSpec(3, 1, new Pooling.Mean(), List.of(), new Output.Softmax(2)));

  /** Metrics of two examples of label 0, with these probabilities of it. */
  private static ClassificationMetrics metrics(float first, float second) {
    ClassificationAccumulator counts = new ClassificationAccumulator(2, List.of(1));
    counts.add(0, new float[] {first, 1 - first});
    counts.add(0, new float[] {second, 1 - second});
    return counts.result(List.of("a", "b"));
  }

  @Test
  void highestAccuracy_isKept() {
    BestEpoch best = new BestEpoch(0);
    best.add(1, PARAMETERS, metrics(0.9f, 0.1f));
    best.add(2, PARAMETERS, metrics(0.6f, 0.6f));
    best.add(3, PARAMETERS, metrics(0.9f, 0.2f));
    assertThat(best.epoch()).isEqualTo(2);
    assertThat(best.validation().orElseThrow().accuracy()).isEqualTo(1);
  }

  @Test
  void ofEqualAccuracy_theLowerLossIsKept_butPatienceRunsOn() {
    BestEpoch best = new BestEpoch(2);
    best.add(1, PARAMETERS, metrics(0.6f, 0.6f));
    best.add(2, PARAMETERS, metrics(0.9f, 0.9f));
    assertThat(best.epoch()).isEqualTo(2);
    assertThat(best.isExhausted()).isFalse();
    best.add(3, PARAMETERS, metrics(0.8f, 0.8f));
    assertThat(best.epoch()).isEqualTo(2);
    assertThat(best.isExhausted()).isTrue();
  }

  @Test
  void patienceOfZero_neverEnds() {
    BestEpoch best = new BestEpoch(0);
    for (int epoch = 1; epoch < 100; epoch++) {
      best.add(epoch, PARAMETERS, metrics(0.6f, 0.6f));
    }
    assertThat(best.isExhausted()).isFalse();
    assertThat(best.epoch()).isEqualTo(1);
  }

  @Test
  void withoutValidation_theLastIsKept() {
    BestEpoch best = new BestEpoch(1);
    best.add(1, PARAMETERS);
    best.add(2, PARAMETERS);
    assertThat(best.epoch()).isEqualTo(2);
    assertThat(best.isExhausted()).isFalse();
    assertThat(best.validation()).isEmpty();
  }
}
