package io.meanmax.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.text.Normalizer;

/**
 * Which Unicode normalisation form a text is brought to before it is split.
 *
 * <p>The tables are those of the Java runtime; characters that were assigned once never change
 * their normal form, so texts of older Unicode versions come out the same in newer runtimes.
 */
public enum Normalization {
  /**
   * Compatibility composition: full-width letters, digits and punctuation become ASCII, ligatures
   * and circled numbers become plain ones.
   */
  @JsonProperty("nfkc")
  NFKC {
    @Override
    String apply(String text) {
      return normalized(text, Normalizer.Form.NFKC);
    }
  },

  /** Canonical composition: a letter and its combining accent become one code point. */
  @JsonProperty("nfc")
  NFC {
    @Override
    String apply(String text) {
      return normalized(text, Normalizer.Form.NFC);
    }
  },

  /** The text stays as it is. */
  @JsonProperty("none")
  NONE {
    @Override
    String apply(String text) {
      return text;
    }
  };

  /** The normal form of {@code text}, which is {@code text} itself where it already is normal. */
  abstract String apply(String text);

  private static String normalized(String text, Normalizer.Form form) {
    return Normalizer.isNormalized(text, form) ? text : Normalizer.normalize(text, form);
  }
}
