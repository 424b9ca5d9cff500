package io.meanmax.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class EnglishTokenizerTest {

  private final Tokenizer tokenizer = new LuceneTokenizer(new EnglishAnalyzer(Set.of()));

  @Test
  void tokenize_stemsLowersAndDropsPunctuation() {
    assertThat(tokenizer.tokenize("The dogs weren't RUNNING; Tom's 3.5 parties!"))
        .containsExactly("the", "dog", "weren't", "run", "tom", "3.5", "parti");
  }

  @Test
  void tokenize_keepsNegations() {
    assertThat(tokenizer.tokenize("no, it is not good")).contains("no", "not");
  }

  @Test
  void tokenize_removesStopWordsBeforeStemming() {
    Tokenizer stopping = new LuceneTokenizer(new EnglishAnalyzer(Set.of("dogs")));
    assertThat(stopping.tokenize("Dogs dog cats")).containsExactly("dog", "cat");
  }

  @Test
  void tokenize_keepsLongWordsWhole() {
    String word = "a".repeat(32_768);
    assertThat(tokenizer.tokenize("x " + word + " y")).containsExactly("x", word, "y");
  }

  @Test
  void tokenize_splitsWordsBeyondTheLimitAndLosesNothing() {
    assertThat(String.join("", tokenizer.tokenize("b".repeat(70_001))))
        .isEqualTo("b".repeat(70_001));
  }
}
