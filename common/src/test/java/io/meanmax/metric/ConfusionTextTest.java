package io.meanmax.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionTextTest {

  @Test
  void confusionText_fewLabels_matrixWithUnseenRows() {
    assertThat(HandWorked.metricsWithUnseen().confusionText())
        .isEqualTo(
            """
            true \\ predicted  女性  男性  n/a
            女性                 3     1    0
            男性                 1     2    0
            n/a                  1     0    2
            新しい               1     0    0
            """);
  }

  @Test
  void confusionText_longLabel_cutAtTheHeadOnly() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(2, List.of());
    assertThat(accumulator.result(List.of("comp.graphics", "b")).confusionText())
        .isEqualTo(
            """
            true \\ predicted  comp.grap…  b
            comp.graphics              0  0
            b                          0  0
            """);
  }

  @Test
  void confusionText_twelveLabels_matrix() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(12, List.of());
    assertThat(accumulator.result(Row.labels(12)).confusionText()).startsWith("true \\ predicted");
  }

  @Test
  void confusionText_moreLabels_mostFrequentConfusions() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(12, List.of());
    for (int label = 0; label < 12; label++) {
      for (int row = 0; row < 12; row++) {
        int predicted = row <= label ? 0 : label;
        accumulator.addRanked(
            label, new int[] {predicted, (predicted + 1) % 12, (predicted + 2) % 12});
      }
    }
    accumulator.addUnseenRanked("新", new int[] {3, 4, 5});
    assertThat(accumulator.result(Row.labels(12)).confusionText())
        .isEqualTo(
            """
            true  predicted  rows  of true
            c11          c0    12   100.0%
            c10          c0    11    91.7%
            c9           c0    10    83.3%
            c8           c0     9    75.0%
            c7           c0     8    66.7%
            c6           c0     7    58.3%
            c5           c0     6    50.0%
            c4           c0     5    41.7%
            c3           c0     4    33.3%
            c2           c0     3    25.0%
            -- 2 more pairs; all: metrics.json, confusion
            """);
  }

  @Test
  void confusionText_nothingConfused_saysSo() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(13, List.of());
    accumulator.addRanked(5, new int[] {5, 1, 2});
    assertThat(accumulator.result(Row.labels(13)).confusionText())
        .isEqualTo("No row was taken for another class.\n");
  }
}
