package io.meanmax.text;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/** How text is split into tokens. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TokenizerSpec.Whitespace.class, name = "whitespace"),
  @JsonSubTypes.Type(value = TokenizerSpec.Characters.class, name = "characters"),
  @JsonSubTypes.Type(value = TokenizerSpec.English.class, name = "english"),
  @JsonSubTypes.Type(value = TokenizerSpec.Chinese.class, name = "chinese"),
  @JsonSubTypes.Type(value = TokenizerSpec.Lucene.class, name = "lucene")
})
public sealed interface TokenizerSpec extends Serializable {

  /**
   * Splits at white space: text whose words are separated already. White space is what Unicode
   * calls so, with NUL, U+001C to U+001F and the zero width space U+200B.
   */
  record Whitespace() implements TokenizerSpec {}

  /**
   * Splits East Asian text into characters: each ideograph, kana and hangul is a token, a run of
   * other letters and digits is one, each punctuation mark and symbol is one.
   *
   * <p>Combining marks stay with the character before them, and emoji joined by U+200D stay
   * together. Words of other scripts that write no spaces, like Thai, are not found.
   */
  record Characters() implements TokenizerSpec {}

  /**
   * Splits English text into stems: words by the Unicode rules (UAX 29), punctuation dropped,
   * {@code 's} removed, lower case whatever the case folding, Porter stems. This is Lucene's {@code
   * EnglishAnalyzer} without its stop words, for they hold "no" and "not".
   *
   * <p>Stop words of the pipeline are removed before stemming. A word of more than 32,768 chars is
   * split there; nothing is lost.
   */
  record English() implements TokenizerSpec {}

  /**
   * Splits Chinese text into words with HanLP; everything between Chinese characters is split as
   * {@link Characters} does.
   */
  record Chinese() implements TokenizerSpec {}

  /**
   * Splits with a Lucene analysis chain.
   *
   * <p>Lucene's limits hold: most of its tokenizers split a word of more than 255 chars unless
   * {@code maxTokenLength} (or {@code maxTokenLen}) says otherwise, and no chain tells that it did.
   * Token filters that drop tokens, like {@code length}, drop them here. White space inside a
   * token, as shingles have it, becomes {@code _}.
   *
   * @param charFilters applied to the text, in this order; may be empty
   * @param tokenizer splits the text
   * @param tokenFilters applied to the tokens, in this order; may be empty
   */
  record Lucene(
      List<AnalysisFactory> charFilters,
      AnalysisFactory tokenizer,
      List<AnalysisFactory> tokenFilters)
      implements TokenizerSpec {

    public Lucene {
      charFilters = charFilters == null ? List.of() : List.copyOf(charFilters);
      Objects.requireNonNull(tokenizer, "tokenizer");
      tokenFilters = tokenFilters == null ? List.of() : List.copyOf(tokenFilters);
    }
  }
}
