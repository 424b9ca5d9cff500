package io.meanmax.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TabSeparatedTest {

  @Test
  void line_escapesTheFourSpecialCharacters() {
    assertThat(TabSeparated.line("a\tb", "c\nd", "e\rf", "g\\h"))
        .isEqualTo("a\\tb\tc\\nd\te\\rf\tg\\\\h");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "word",
        "\t",
        "\n",
        "\r\n",
        "\\",
        "\\\\",
        "\\t",
        "\\\t",
        "中文",
        "𝄞",
        "a\u3000b",
        "\u2028",
        "\u0000",
        "\uFEFF"
      })
  void fields_giveBackWhatLineWrote(String token) {
    String line = TabSeparated.line("2", token, token, "7");

    assertThat(line).doesNotContain("\n", "\r");
    assertThat(TabSeparated.fields(line, 4, "x")).containsExactly("2", token, token, "7");
  }

  @Test
  void fields_keepEmptyFieldsAtTheEnd() {
    assertThat(TabSeparated.fields("\t\t", 3, "x")).containsExactly("", "", "");
    assertThat(TabSeparated.fields("", 1, "x")).containsExactly("");
  }

  @Test
  void fields_withAnotherNumber_nameFileAndLine() {
    assertThatThrownBy(() -> TabSeparated.fields("2\tword\t5", 4, "vocabulary.txt line 12"))
        .isInstanceOf(BundleException.class)
        .hasMessage(
            "vocabulary.txt line 12: expected 4 fields separated by tabs, found 3: 2\tword\t5");
  }

  @Test
  void fields_withUnknownEscape_nameFileAndLine() {
    assertThatThrownBy(() -> TabSeparated.fields("0\ta\\xb", 2, "labels.txt line 1"))
        .isInstanceOf(BundleException.class)
        .hasMessage(
            "labels.txt line 1: a backslash must be followed by one of \\ t n r, found '\\xb'");
    assertThatThrownBy(() -> TabSeparated.fields("0\ta\\", 2, "labels.txt line 1"))
        .hasMessageEndingWith("found '\\'");
  }
}
