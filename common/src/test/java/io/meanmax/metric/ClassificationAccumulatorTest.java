package io.meanmax.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanmax.metric.Averages.Average;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ClassificationAccumulatorTest {

  private static final Offset<Double> EXACT = within(1e-15);
  private static final Offset<Double> FIXED_POINT = within(1e-7);

  @Test
  void result_handWorkedRows_headlineFigures() {
    ClassificationMetrics metrics = HandWorked.metrics();
    assertThat(metrics.examples()).isEqualTo(10);
    assertThat(metrics.accuracy()).isEqualTo(0.7);
    assertThat(metrics.top3Accuracy()).isEqualTo(1);
    assertThat(metrics.recallAt()).isEqualTo(Map.of(1, 0.7, 2, 0.8, 3, 1.0, 5, 1.0));
    assertThat(metrics.precisionAt()).isEqualTo(Map.of(1, 0.7, 2, 0.4, 3, 1 / 3.0, 5, 1 / 3.0));
    assertThat(metrics.logLoss().getAsDouble()).isCloseTo(0.7702749, FIXED_POINT);
    assertThat(metrics.calibrationError().getAsDouble()).isCloseTo(0.23, FIXED_POINT);
    assertThat(metrics.unseenLabels()).isEmpty();
  }

  @Test
  void result_handWorkedRows_classFigures() {
    assertThat(HandWorked.metrics().perClass())
        .containsExactly(
            new ClassMetrics("女性", 0.6, 0.75, 2 / 3.0, 4, 5),
            new ClassMetrics("男性", 2 / 3.0, 2 / 3.0, 2 / 3.0, 3, 3),
            new ClassMetrics("n/a", 1, 2 / 3.0, 0.8, 3, 2));
    assertThat(HandWorked.metrics().confusion())
        .containsExactly(
            new ConfusionCell("女性", "女性", 3),
            new ConfusionCell("女性", "男性", 1),
            new ConfusionCell("男性", "女性", 1),
            new ConfusionCell("男性", "男性", 2),
            new ConfusionCell("n/a", "女性", 1),
            new ConfusionCell("n/a", "n/a", 2));
  }

  @Test
  void result_handWorkedRows_averages() {
    Averages averages = HandWorked.metrics().averages();
    assertThat(averages.micro()).isEqualTo(new Average(0.7, 0.7, 0.7));
    // (0.6 + 2/3 + 1) / 3, (3/4 + 2/3 + 2/3) / 3, (2/3 + 2/3 + 4/5) / 3
    assertAverage(averages.macro(), 34 / 45.0, 25 / 36.0, 32 / 45.0);
    // (4·0.6 + 3·2/3 + 3) / 10, 7/10, (4·2/3 + 3·2/3 + 3·4/5) / 10
    assertAverage(averages.weighted(), 0.74, 0.7, 53 / 75.0);
  }

  @Test
  void addUnseen_oneRow_wrongEverywhere() {
    ClassificationMetrics metrics = HandWorked.metricsWithUnseen();
    assertThat(metrics.examples()).isEqualTo(11);
    assertThat(metrics.accuracy()).isEqualTo(7 / 11.0);
    assertThat(metrics.top3Accuracy()).isEqualTo(10 / 11.0);
    assertThat(metrics.precisionAt()).containsEntry(2, 8 / 22.0);
    assertThat(metrics.recallAt()).containsEntry(2, 8 / 11.0);
    assertThat(metrics.averages().micro().recall()).isEqualTo(7 / 11.0);
    // The first class gains a wrong prediction: P 3/6, F1 6/10; the new label is a class of zeros.
    assertAverage(
        metrics.averages().macro(), (0.5 + 2 / 3.0 + 1) / 4, 25 / 48.0, (0.6 + 2 / 3.0 + 0.8) / 4);
    assertAverage(metrics.averages().weighted(), 7 / 11.0, 7 / 11.0, (2.4 + 2 + 2.4) / 11);
    assertThat(metrics.logLoss().getAsDouble())
        .isCloseTo((7.702749 + 23 * Math.log(2)) / 11, FIXED_POINT);
    // Bin 0.7 holds three rows now: |2 - 2.1|, where |2 - 1.4| stood.
    assertThat(metrics.calibrationError().getAsDouble()).isCloseTo(1.8 / 11, FIXED_POINT);
    assertThat(metrics.unseenLabels()).containsExactly(new UnseenLabel("新しい", 1));
    assertThat(metrics.unseenExamples()).isEqualTo(1);
    assertThat(metrics.confusion()).endsWith(new ConfusionCell("新しい", "女性", 1));
  }

  @Test
  void add_negativeLabel_unseenWithoutName() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(2, List.of(1));
    accumulator.add(-1, new float[] {1, 0});
    accumulator.addRanked(-7, new int[] {1, 0});
    assertThat(accumulator.result(List.of("a", "b")).unseenLabels())
        .containsExactly(new UnseenLabel("(unnamed)", 2));
  }

  @Test
  void add_allEqual_lowerIdRanksHigher() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(4, List.of(1, 2, 3, 4));
    for (int label = 0; label < 4; label++) {
      accumulator.add(label, new float[] {.25f, .25f, .25f, .25f});
    }
    ClassificationMetrics metrics = accumulator.result(List.of("a", "b", "c", "d"));
    assertThat(metrics.recallAt()).isEqualTo(Map.of(1, .25, 2, .5, 3, .75, 4, 1.0));
    assertThat(metrics.top3Accuracy()).isEqualTo(.75);
    assertThat(metrics.perClass().get(0).predicted()).isEqualTo(4);
  }

  @Test
  void addRanked_sameRankings_sameCountsWithoutMeans() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(3, List.of(1, 2, 3, 5));
    int[][] ranked = {
      {0, 1, 2}, {0, 1, 2}, {1, 2, 0}, {0, 1, 2}, {1, 0, 2},
      {0, 1, 2}, {1, 2, 0}, {0, 1, 2}, {2, 1, 0}, {2, 1, 0}
    };
    int[] labels = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2};
    for (int row = 0; row < labels.length; row++) {
      accumulator.addRanked(labels[row], ranked[row]);
    }
    ClassificationMetrics metrics = accumulator.result(HandWorked.LABELS);
    assertThat(metrics.logLoss()).isEmpty();
    assertThat(metrics.calibrationError()).isEmpty();
    assertThat(metrics)
        .usingRecursiveComparison()
        .ignoringFields("logLoss", "calibrationError")
        .isEqualTo(HandWorked.metrics());
  }

  @Test
  void addUnseenRanked_amongRowsWithProbabilities_noMeans() {
    ClassificationAccumulator accumulator = HandWorked.accumulator();
    accumulator.addUnseenRanked("新しい", new int[] {0, 1, 2});
    ClassificationMetrics metrics = accumulator.result(HandWorked.LABELS);
    assertThat(metrics.logLoss()).isEmpty();
    assertThat(metrics.averages()).isEqualTo(HandWorked.metricsWithUnseen().averages());
  }

  @Test
  void addRanked_moreThanNeeded_deepLabelIsNoHit() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(5, List.of(1));
    accumulator.addRanked(4, new int[] {0, 1, 2, 4});
    assertThat(accumulator.result(Row.labels(5)).top3Accuracy()).isZero();
  }

  @Test
  void result_noRows_ratesZeroAndMeansEmpty() {
    ClassificationMetrics metrics =
        new ClassificationAccumulator(2, List.of(1, 3)).result(List.of("a", "b"));
    assertThat(metrics.examples()).isZero();
    assertThat(metrics.accuracy()).isZero();
    assertThat(metrics.top3Accuracy()).isZero();
    assertThat(metrics.precisionAt()).isEqualTo(Map.of(1, 0.0, 3, 0.0));
    Average zero = new Average(0, 0, 0);
    assertThat(metrics.averages()).isEqualTo(new Averages(zero, zero, zero));
    assertThat(metrics.logLoss()).isEmpty();
    assertThat(metrics.calibrationError()).isEmpty();
    assertThat(metrics.perClass()).hasSize(2);
    assertThat(metrics.confusion()).isEmpty();
  }

  @Test
  void result_oneRowOfTwoClasses_topThreeIsAll() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(2, List.of(1, 3));
    accumulator.add(1, new float[] {.75f, .25f});
    ClassificationMetrics metrics = accumulator.result(List.of("a", "b"));
    assertThat(metrics.accuracy()).isZero();
    assertThat(metrics.top3Accuracy()).isEqualTo(1);
    assertThat(metrics.precisionAt()).containsEntry(3, 0.5);
    assertThat(metrics.logLoss().getAsDouble()).isCloseTo(Math.log(4), FIXED_POINT);
    assertThat(metrics.macroF1()).isZero();
  }

  @Test
  void result_classesThatNeverOccur_leftOutOfMacro() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(4, List.of());
    accumulator.add(0, new float[] {1, 0, 0, 0});
    accumulator.add(1, new float[] {0, 0, 1, 0});
    ClassificationMetrics metrics = accumulator.result(List.of("a", "b", "c", "d"));
    // a is right, b never predicted, c only predicted, d nowhere.
    assertThat(metrics.macroF1()).isEqualTo(1 / 3.0);
    assertThat(metrics.perClass().get(3)).isEqualTo(new ClassMetrics("d", 0, 0, 0, 0, 0));
    assertThat(metrics.precisionAt()).isEmpty();
  }

  @Test
  void add_certainMistake_finiteLogLoss() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(2, List.of(1));
    accumulator.add(1, new float[] {1, 0});
    assertThat(accumulator.result(List.of("a", "b")).logLoss().getAsDouble())
        .isCloseTo(23 * Math.log(2), FIXED_POINT);
  }

  private static void assertAverage(Average average, double precision, double recall, double f1) {
    assertThat(average.precision()).isCloseTo(precision, EXACT);
    assertThat(average.recall()).isCloseTo(recall, EXACT);
    assertThat(average.f1()).isCloseTo(f1, EXACT);
  }
}
