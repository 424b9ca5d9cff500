package io.meanmax.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTextTest {

  private static final String HAND_WORKED =
      """
      label             precision  recall      f1  support  predicted
      女性                 0.5000  0.7500  0.6000        4          6
      男性                 0.6667  0.6667  0.6667        3          3
      n/a                  1.0000  0.6667  0.8000        3          2

      micro average        0.6364  0.6364  0.6364       11         11
      macro average        0.5417  0.5208  0.5167       11         11
      weighted average     0.6364  0.6364  0.6182       11         11

      examples                       11
      accuracy                   0.6364
      top-3 accuracy             0.9091
      P@1                        0.6364
      P@2                        0.3636
      P@3                        0.3030
      P@5                        0.3030
      R@1                        0.6364
      R@2                        0.7273
      R@3                        0.9091
      R@5                        0.9091
      log-loss                   2.1496
      calibration error          0.1636
      labels unseen in training       1
      rows with them, wrong           1
      unseen: 新しい (1)
      """;

  @Test
  void toText_handWorked_wholeTable() {
    assertThat(HandWorked.metricsWithUnseen().toText()).isEqualTo(HAND_WORKED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "ar-EG-u-nu-arab", "tr-TR"})
  void toText_otherLocale_sameTable(String tag) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(tag));
    try {
      assertThat(HandWorked.metricsWithUnseen().toText()).isEqualTo(HAND_WORKED);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void toText_wideLabels_columnsAlign() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(6, List.of());
    String text =
        accumulator.result(List.of("女性", "a", "한국어", "ｶﾅカナ", "🎉🎉", "e\u0301te\u0301")).toText();
    String table = text.substring(0, text.indexOf("\n\nexamples"));
    assertThat(table.lines().filter(line -> !line.isEmpty()).map(DisplayWidth::of).distinct())
        .hasSize(1);
  }

  @Test
  void toText_noRows_zerosAndDashes() {
    String text = new ClassificationAccumulator(2, List.of(1)).result(List.of("a", "b")).toText();
    assertThat(text)
        .contains("macro average        0.0000  0.0000  0.0000        0          0\n")
        .contains("log-loss                -\n")
        .contains("calibration error       -\n")
        .doesNotContain("unseen");
  }

  @Test
  void toText_thirtyClasses_everyClass() {
    String text = new ClassificationAccumulator(30, List.of()).result(Row.labels(30)).toText();
    assertThat(text).contains("\nc0 ").contains("\nc29 ").doesNotContain("--");
  }

  @Test
  void toText_moreClasses_largestWorstAndWhereTheRestIs() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(31, List.of());
    for (int label = 0; label < 31; label++) {
      for (int row = 0; row < label; row++) {
        // The first row of each class is right; so larger classes have the lower recall.
        accumulator.addRanked(label, row == 0 ? ranked(label) : ranked(0));
      }
    }
    List<String> lines = accumulator.result(Row.labels(31)).toText().lines().toList();
    assertThat(firstWords(lines.subList(1, 12)))
        .isEqualTo("-- c30 c29 c28 c27 c26 c25 c24 c23 c22 c21");
    assertThat(firstWords(lines.subList(12, 23)))
        .isEqualTo("-- c20 c19 c18 c17 c16 c15 c14 c13 c12 c11");
    assertThat(lines.get(23)).isEqualTo("-- 11 more classes; all 31: metrics.json, per_class");
  }

  @Test
  void toText_controlCharactersAndLongLabels_oneLineEach() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(2, List.of());
    String text = accumulator.result(List.of("a\nb", "女".repeat(30))).toText();
    assertThat(text).contains("\na\uFFFDb ").contains("\n" + "女".repeat(19) + "…");
  }

  @Test
  void toText_manyUnseenLabels_mostFrequentTen() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(2, List.of());
    for (int label = 0; label < 12; label++) {
      for (int row = 0; row <= label; row++) {
        accumulator.addUnseenRanked("u" + label, new int[] {0, 1});
      }
    }
    assertThat(accumulator.result(List.of("a", "b")).toText())
        .endsWith(
            "unseen: u11 (12), u10 (11), u9 (10), u8 (9), u7 (8), u6 (7), u5 (6), u4 (5), u3 (4), "
                + "u2 (3), 2 more; all: metrics.json, unseen_labels\n");
  }

  private static int[] ranked(int top) {
    return new int[] {top, (top + 1) % 31, (top + 2) % 31};
  }

  private static String firstWords(List<String> lines) {
    return lines.stream()
        .map(line -> line.substring(0, line.indexOf(' ')))
        .collect(Collectors.joining(" "));
  }
}
