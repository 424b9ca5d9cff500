package io.meanmax.text;

/**
 * Brings a text into the form in which tokens are compared: without invisible characters,
 * normalised, case folded, in this order.
 *
 * <p>Invisible characters are U+FEFF (byte order mark), U+2060 (word joiner) and U+00AD (soft
 * hyphen): they would make words differ that look the same. The joiners U+200C and U+200D stay,
 * because they change meaning in Persian, in Indic scripts and in emoji. U+200B isn't dropped but
 * splits; see {@link WhiteSpace}.
 */
final class TextCleaner {

  private final Normalization normalization;
  private final CaseFolding caseFolding;

  TextCleaner(Normalization normalization, CaseFolding caseFolding) {
    this.normalization = normalization;
    this.caseFolding = caseFolding;
  }

  /** The clean form of {@code text}, which is {@code text} itself where it is clean already. */
  String clean(String text) {
    String normal = isPlain(text) ? text : normalization.apply(withoutInvisible(text));
    return caseFolding.apply(normal);
  }

  /** Whether {@code text} holds nothing that a normal form changes, and nothing invisible. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether {@code c} is ASCII, CJK punctuation or a common ideograph. None of them changes in any
   * normal form or composes with another; asking the normaliser takes several times as long.
   */
  static boolean isPlain(char c) {
    return c < 0x80 || (c >= 0x3001 && c <= 0x3029) || (c >= 0x4E00 && c <= 0x9FFF);
  }

  private static String withoutInvisible(String text) {
    int i = 0;
    while (i < text.length() && !isInvisible(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length()).append(text, 0, i);
    for (; i < text.length(); i++) {
      if (!isInvisible(text.charAt(i))) {
        visible.append(text.charAt(i));
      }
    }
    return visible.toString();
  }

  private static boolean isInvisible(char c) {
    return c == 0xFEFF || c == 0x2060 || c == 0xAD;
  }
}
