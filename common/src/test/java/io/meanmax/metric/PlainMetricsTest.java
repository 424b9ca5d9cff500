package io.meanmax.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanmax.metric.Averages.Average;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The accumulator against {@link PlainMetrics}, at awkward sizes. */
class PlainMetricsTest {

  private static final Offset<Double> CLOSE = within(1e-12);
  private static final Offset<Double> FIXED_POINT = within(1e-7);

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 2", "1, 7", "2, 2", "7, 3", "64, 50", "1021, 2", "1021, 3", "1021, 31"})
  void result_randomRows_agreesWithPlainMetrics(int rows, int classes) {
    List<String> labels = Row.labels(classes);
    List<Row> data = Row.random(31L * rows + classes, rows, classes);
    ClassificationAccumulator accumulator =
        new ClassificationAccumulator(classes, List.of(1, 2, 3, 5));
    data.forEach(row -> row.addTo(accumulator, labels));
    ClassificationMetrics metrics = accumulator.result(labels);
    PlainMetrics plain = new PlainMetrics(data, labels);

    assertHeadlines(metrics, plain);
    assertClasses(metrics, plain);
    assertAverages(metrics, plain);
    assertThat(metrics.confusion().stream().mapToLong(ConfusionCell::count).sum()).isEqualTo(rows);
    if (rows > 0) {
      assertThat(metrics.logLoss().getAsDouble()).isCloseTo(plain.logLoss(), FIXED_POINT);
      assertThat(metrics.calibrationError().getAsDouble())
          .isCloseTo(plain.calibrationError(), FIXED_POINT);
    }
  }

  private static void assertHeadlines(ClassificationMetrics metrics, PlainMetrics plain) {
    assertThat(metrics.accuracy()).isCloseTo(plain.recallAt(1), CLOSE);
    assertThat(metrics.top3Accuracy()).isCloseTo(plain.recallAt(3), CLOSE);
    metrics.recallAt().forEach((k, at) -> assertThat(at).isCloseTo(plain.recallAt(k), CLOSE));
    metrics.precisionAt().forEach((k, at) -> assertThat(at).isCloseTo(plain.precisionAt(k), CLOSE));
  }

  private static void assertClasses(ClassificationMetrics metrics, PlainMetrics plain) {
    for (ClassMetrics figures : metrics.perClass()) {
      String label = figures.label();
      assertThat(figures.support()).isEqualTo(plain.support(label));
      assertThat(figures.predicted()).isEqualTo(plain.predicted(label));
      assertThat(figures.precision()).isCloseTo(plain.precision(label), CLOSE);
      assertThat(figures.recall()).isCloseTo(plain.recall(label), CLOSE);
      assertThat(figures.f1()).isCloseTo(plain.f1(label), CLOSE);
    }
    for (ConfusionCell cell : metrics.confusion()) {
      assertThat(cell.count()).isEqualTo(plain.count(cell.trueLabel(), cell.predictedLabel()));
    }
    assertThat(metrics.unseenLabels())
        .containsExactlyElementsOf(
            plain.unseen().stream()
                .map(label -> new UnseenLabel(label, plain.support(label)))
                .toList());
  }

  private static void assertAverages(ClassificationMetrics metrics, PlainMetrics plain) {
    Average micro = metrics.averages().micro();
    assertThat(List.of(micro.precision(), micro.recall(), micro.f1()))
        .allSatisfy(figure -> assertThat(figure).isEqualTo(metrics.accuracy()));
    Average macro = metrics.averages().macro();
    assertThat(macro.precision()).isCloseTo(plain.macro(plain::precision), CLOSE);
    assertThat(macro.recall()).isCloseTo(plain.macro(plain::recall), CLOSE);
    assertThat(macro.f1()).isCloseTo(plain.macro(plain::f1), CLOSE);
    Average weighted = metrics.averages().weighted();
    assertThat(weighted.precision()).isCloseTo(plain.weighted(plain::precision), CLOSE);
    assertThat(weighted.recall()).isCloseTo(plain.weighted(plain::recall), CLOSE);
    assertThat(weighted.f1()).isCloseTo(plain.weighted(plain::f1), CLOSE);
  }
}
