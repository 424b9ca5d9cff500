package io.meanmax.text;

/** How a code point takes part in tokens when text is split into characters. */
enum CharacterKind {
  /** Belongs to no token. */
  WHITE_SPACE,
  /** A letter or digit of a script that writes words: runs of them are one token. */
  WORD,
  /** An ideograph, kana, hangul or bopomofo: a token of its own. */
  EAST_ASIAN,
  /** A punctuation mark, symbol, emoji, control character or unpaired surrogate: a token. */
  SYMBOL,
  /** A combining mark, variation selector, joiner or skin tone: part of the token before it. */
  EXTENDER;

  private static final int MARKS =
      1 << Character.NON_SPACING_MARK
          | 1 << Character.COMBINING_SPACING_MARK
          | 1 << Character.ENCLOSING_MARK;

  private static final int LETTERS_AND_NUMBERS =
      1 << Character.UPPERCASE_LETTER
          | 1 << Character.LOWERCASE_LETTER
          | 1 << Character.TITLECASE_LETTER
          | 1 << Character.MODIFIER_LETTER
          | 1 << Character.OTHER_LETTER
          | 1 << Character.DECIMAL_DIGIT_NUMBER
          | 1 << Character.LETTER_NUMBER
          | 1 << Character.OTHER_NUMBER;

  /** The kind of {@code codePoint}. */
  static CharacterKind of(int codePoint) {
    if (codePoint >= 0x4E00 && codePoint <= 0x9FFF) {
      return EAST_ASIAN; // First, because almost all of a Chinese text is here.
    }
    if (codePoint <= Character.MAX_VALUE && WhiteSpace.is((char) codePoint)) {
      return WHITE_SPACE;
    }
    int type = 1 << Character.getType(codePoint);
    if ((type & MARKS) != 0 || isJoinerOrSkinTone(codePoint)) {
      return EXTENDER;
    }
    if ((type & LETTERS_AND_NUMBERS) == 0) {
      return isIdeographPlane(codePoint) ? EAST_ASIAN : SYMBOL;
    }
    return isEastAsian(codePoint) ? EAST_ASIAN : WORD;
  }

  private static boolean isJoinerOrSkinTone(int c) {
    return c == 0x200C || c == 0x200D || (c >= 0x1F3FB && c <= 0x1F3FF);
  }

  /** Blocks, not scripts: the long vowel mark U+30FC, for one, has no script of its own. */
  private static boolean isEastAsian(int c) {
    if (c < 0x1100) {
      return false;
    }
    return c <= 0x11FF // hangul jamo
        || (c >= 0x2E80 && c <= 0x9FFF) // radicals, kana, bopomofo, compatibility, ideographs
        || (c >= 0xA960 && c <= 0xA97F) // hangul jamo
        || (c >= 0xAC00 && c <= 0xD7FF) // hangul syllables and jamo
        || (c >= 0xF900 && c <= 0xFAFF) // compatibility ideographs
        || (c >= 0xFF66 && c <= 0xFFDC) // half-width kana and hangul
        || Character.isIdeographic(c)
        || (c >= 0x1AFF0 && c <= 0x1B16F); // more kana
  }

  /** Also code points that a runtime with an older Unicode version takes for unassigned. */
  private static boolean isIdeographPlane(int c) {
    return c >= 0x20000 && c <= 0x3FFFD;
  }
}
