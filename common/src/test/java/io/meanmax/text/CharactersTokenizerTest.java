package io.meanmax.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CharactersTokenizerTest {

  private final Tokenizer tokenizer = new CharactersTokenizer();

  @Test
  void tokenize_splitsIdeographsAndKeepsLatinAndDigitRuns() {
    assertThat(tokenizer.tokenize("我用iPhone15拍照,2人!"))
        .containsExactly("我", "用", "iPhone15", "拍", "照", ",", "2", "人", "!");
  }

  @Test
  void tokenize_splitsKanaAndHangul() {
    assertThat(tokenizer.tokenize("ラーメン の 한국어"))
        .containsExactly("ラ", "ー", "メ", "ン", "の", "한", "국", "어");
  }

  @Test
  void tokenize_splitsSupplementaryIdeographs() {
    assertThat(tokenizer.tokenize("𠮷野𪚥〇々㐀")).containsExactly("𠮷", "野", "𪚥", "〇", "々", "㐀");
  }

  @Test
  void tokenize_eachPunctuationMarkIsAToken() {
    assertThat(tokenizer.tokenize("can't…——a_b"))
        .containsExactly("can", "'", "t", "…", "—", "—", "a", "_", "b");
  }

  @Test
  void tokenize_keepsOtherScriptsInWords() {
    assertThat(tokenizer.tokenize("привет мир")).containsExactly("привет", "мир");
  }

  @Test
  void tokenize_marksStayWithWhatIsBeforeThem() {
    assertThat(tokenizer.tokenize("e\u0301te\u0301 か\u3099 葛\uDB40\uDD00城 ❤\uFE0F!"))
        .containsExactly("e\u0301te\u0301", "か\u3099", "葛\uDB40\uDD00", "城", "❤\uFE0F", "!");
  }

  @Test
  void tokenize_markWithNothingBeforeItStartsAWord() {
    assertThat(tokenizer.tokenize("\u0301a \u0301")).containsExactly("\u0301a", "\u0301");
  }

  @Test
  void tokenize_emojiAreTokensJoinedOnesOne() {
    assertThat(tokenizer.tokenize("😀😀👍🏽好👨\u200D👩\u200D👧!"))
        .containsExactly("😀", "😀", "👍🏽", "好", "👨\u200D👩\u200D👧", "!");
  }

  @Test
  void tokenize_loneSurrogatesAndControlCharactersAreTokens() {
    assertThat(tokenizer.tokenize("好\uDE00坏\uD83D \u0001"))
        .containsExactly("好", "\uDE00", "坏", "\uD83D", "\u0001");
  }

  @Test
  void tokenize_dropsWhiteSpaceOnly() {
    assertThat(tokenizer.tokenize("\t全\u3000角\u00A0\r\n")).containsExactly("全", "角");
    assertThat(tokenizer.tokenize(" \u3000")).isEmpty();
  }
}
