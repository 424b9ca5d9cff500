package io.meanmax.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WhitespaceTokenizerTest {

  private final Tokenizer tokenizer = new WhitespaceTokenizer();

  @Test
  void tokenize_splitsAtEveryKindOfWhiteSpace() {
    assertThat(tokenizer.tokenize("a\tb\u3000c\u00A0d\0e\u000Bf\r\ng\u2028h\u0085i\u200Bj k"))
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k");
  }

  @Test
  void tokenize_ignoresWhiteSpaceAtEndsAndRunsOfIt() {
    assertThat(tokenizer.tokenize(" \t 我 \u3000 爱你 \r\n")).containsExactly("我", "爱你");
  }

  @Test
  void tokenize_emptyOrBlankTextHasNoTokens() {
    assertThat(tokenizer.tokenize("")).isEmpty();
    assertThat(tokenizer.tokenize(" \u3000\0\n")).isEmpty();
  }

  @Test
  void tokenize_keepsPunctuationEmojiAndLoneSurrogates() {
    assertThat(tokenizer.tokenize("don't, 👩\u200D👧 \uD83D x\uDE00"))
        .containsExactly("don't,", "👩\u200D👧", "\uD83D", "x\uDE00");
  }

  @Test
  void tokenize_oneTextAfterAnotherSharesNothing() {
    var first = tokenizer.tokenize("a b");
    first.add("mine");
    assertThat(tokenizer.tokenize("c")).containsExactly("c");
    assertThat(first).containsExactly("a", "b", "mine");
  }
}
