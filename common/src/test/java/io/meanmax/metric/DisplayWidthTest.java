package io.meanmax.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {

  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "é, 1",
    "女性, 4",
    "かな, 4",
    "カナ, 4",
    "ｶﾅ, 2",
    "한글, 4",
    "ＡＢ, 4",
    "A女b, 4",
    "𠮷, 2",
    "🎉, 2",
    "，, 2",
    "Привет, 6",
    "…, 1"
  })
  void of_text_countsColumns(String text, int columns) {
    assertThat(DisplayWidth.of(text)).isEqualTo(columns);
  }

  @Test
  void of_combiningMarks_noColumns() {
    assertThat(DisplayWidth.of("")).isZero();
    assertThat(DisplayWidth.of("e\u0301")).isEqualTo(1);
    assertThat(DisplayWidth.of("\u200B\uFEFF")).isZero();
    assertThat(DisplayWidth.of("\u1112\u1161\u11AB")).isEqualTo(2);
  }

  @Test
  void fit_tooWide_cutBeforeTheColumn() {
    assertThat(DisplayWidth.fit("女性用品", 8)).isEqualTo("女性用品");
    assertThat(DisplayWidth.fit("女性用品", 7)).isEqualTo("女性用…");
    assertThat(DisplayWidth.fit("女性用品", 6)).isEqualTo("女性…");
    assertThat(DisplayWidth.fit("abcdef", 4)).isEqualTo("abc…");
  }
}
