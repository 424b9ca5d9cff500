package io.meanmax.text;

/**
 * The characters that separate tokens and belong to none.
 *
 * <p>These are the characters with the Unicode property White_Space; NUL, because fastText splits
 * there; the separators U+001C to U+001F, which Java counts as white space; and U+200B (zero width
 * space), which marks a word boundary in scripts that write no spaces. The set is written out, so
 * that it doesn't change with the Unicode version of the Java runtime.
 */
final class WhiteSpace {

  /** Bit {@code c} is set where the character {@code c} below 64 is white space. */
  private static final long LOW =
      1L // NUL
          | 0x1FL << 0x09 // tab, line feed, vertical tab, form feed, carriage return
          | 0x0FL << 0x1C // file, group, record and unit separator
          | 1L << ' ';

  private WhiteSpace() {}

  /** Whether {@code c} is white space. All white space is in the basic plane. */
  static boolean is(char c) {
    if (c < 64) {
      return (LOW >>> c & 1) != 0;
    }
    return c >= 0x85 && isBeyondAscii(c);
  }

  private static boolean isBeyondAscii(char c) {
    if (c < 0x2000) {
      return c == 0x85 || c == 0xA0 || c == 0x1680;
    }
    return c <= 0x200B || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
  }
}
