package io.meanmax.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits into characters where a script writes no spaces, and into words elsewhere; {@link
 * CharacterKind} says which is which.
 *
 * <p>Emoji joined by U+200D are one token, as they are seen.
 */
final class CharactersTokenizer implements Tokenizer {

  private static final char ZERO_WIDTH_JOINER = 0x200D;

  @Override
  public List<String> tokenize(String text) {
    List<String> tokens = new ArrayList<>();
    tokenize(text, 0, text.length(), tokens);
    return tokens;
  }

  /** Appends the tokens of {@code text} from {@code from} to {@code to}, exclusive. */
  void tokenize(String text, int from, int to, List<String> tokens) {
    int start = from;
    CharacterKind last = CharacterKind.WHITE_SPACE;
    int i = from;
    while (i < to) {
      int codePoint = text.codePointAt(i);
      CharacterKind kind = CharacterKind.of(codePoint);
      if (!continues(last, kind, text, i)) {
        if (last != CharacterKind.WHITE_SPACE) {
          tokens.add(text.substring(start, i));
        }
        start = i;
        last = kind == CharacterKind.EXTENDER ? CharacterKind.WORD : kind;
      }
      i += Character.charCount(codePoint);
    }
    if (last != CharacterKind.WHITE_SPACE) {
      tokens.add(text.substring(start, to));
    }
  }

  /** Whether a code point at {@code i} goes on with a token of kind {@code last} before it. */
  private static boolean continues(CharacterKind last, CharacterKind kind, String text, int i) {
    return switch (kind) {
      case WHITE_SPACE, WORD -> last == kind;
      case EAST_ASIAN -> false;
      case EXTENDER -> last != CharacterKind.WHITE_SPACE;
      case SYMBOL -> last == kind && text.charAt(i - 1) == ZERO_WIDTH_JOINER;
    };
  }
}
