package io.meanmax.text;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Splits texts into tokens, one text after the other.
 *
 * <p>Not thread-safe, but made to be used again: open one for a thread or a Spark partition, and
 * use it for all texts there.
 */
public interface Tokenizer {

  /**
   * The tokens of {@code text} in their order, in a new list that belongs to the caller.
   *
   * <p>A token is never empty and never holds white space, so that it fits in a line of a text
   * file. A text without any token gives an empty list. No text is refused: unpaired surrogates,
   * control characters and unassigned code points pass through as they are.
   */
  List<String> tokenize(String text);

  /**
   * Hands over the tokens of a text that is given in UTF-8: those that {@link #tokenize(String)}
   * gives, in UTF-8.
   *
   * @param utf8 holds the text in {@code [from .. from + length)}
   */
  default void tokenize(byte[] utf8, int from, int length, TokenSink sink) {
    for (String token : tokenize(new String(utf8, from, length, StandardCharsets.UTF_8))) {
      byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
      sink.token(bytes, 0, bytes.length);
    }
  }
}
