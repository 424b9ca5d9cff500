package io.meanmax.text;

import java.util.ArrayList;
import java.util.List;

/** Splits at {@link WhiteSpace}, and nowhere else. */
final class WhitespaceTokenizer implements Tokenizer {

  @Override
  public List<String> tokenize(String text) {
    List<String> tokens = new ArrayList<>();
    int length = text.length();
    int start = 0;
    // No surrogate is white space, so pairs needn't be put together.
    for (int i = 0; i < length; i++) {
      if (WhiteSpace.is(text.charAt(i))) {
        if (start < i) {
          tokens.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    if (start < length) {
      tokens.add(text.substring(start));
    }
    return tokens;
  }
}
