package io.meanmax.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Whether upper and lower case letters make different tokens. */
public enum CaseFolding {
  /** Letters become lower case by the rules of no language: {@code I} becomes {@code i}. */
  @JsonProperty("lower-case")
  LOWER_CASE {
    @Override
    String apply(String text) {
      // Returns its argument when nothing changes, without allocating.
      return text.toLowerCase(Locale.ROOT);
    }
  },

  /** Case stays as it is. */
  @JsonProperty("none")
  NONE {
    @Override
    String apply(String text) {
      return text;
    }
  };

  /** {@code text} with its case folded, which is {@code text} itself where nothing changes. */
  abstract String apply(String text);
}
