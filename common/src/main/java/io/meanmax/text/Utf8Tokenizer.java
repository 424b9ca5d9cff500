package io.meanmax.text;

import java.util.List;

/**
 * A whitespace pipeline that takes texts as they are in UTF-8, and makes no string of what is plain
 * (ASCII, or Chinese) between two ASCII white spaces: most of any text is, and needs nothing done
 * but its case folded. What is not goes the usual way. White space is of no normal form, composes
 * with nothing and ends words, so that cleaning what stands between comes to the same as cleaning
 * the text.
 */
final class Utf8Tokenizer implements Tokenizer {
  private static final int LONGEST_KEPT = 1 << 20;

  private final Tokenizer pipeline;
  private final boolean lowerCase;
  private byte[] folded = new byte[1024];

  /**
   * A tokenizer that gives what {@code pipeline} gives.
   *
   * @param pipeline splits at white space, and removes no stop words
   * @param lowerCase whether it folds case
   */
  Utf8Tokenizer(Tokenizer pipeline, boolean lowerCase) {
    this.pipeline = pipeline;
    this.lowerCase = lowerCase;
  }

  @Override
  public List<String> tokenize(String text) {
    return pipeline.tokenize(text);
  }

  @Override
  public void tokenize(byte[] utf8, int from, int length, TokenSink sink) {
    if (lowerCase && length > LONGEST_KEPT) {
      pipeline.tokenize(utf8, from, length, sink);
      return;
    }
    byte[] plain = lowerCase ? fold(utf8, from, length) : utf8;
    int plainFrom = lowerCase ? 0 : from;
    int start = 0;
    int bits = 0;
    for (int at = 0; at < length; at++) {
      byte b = utf8[from + at];
      bits |= b;
      if (b >= 0 && b <= ' ' && WhiteSpace.is((char) b)) {
        if (start < at) {
          give(bits >= 0, utf8, from + start, plain, plainFrom + start, at - start, sink);
        }
        start = at + 1;
        bits = 0;
      }
    }
    if (start < length) {
      give(bits >= 0, utf8, from + start, plain, plainFrom + start, length - start, sink);
    }
  }

  /** Gives what stands between two white spaces: itself, with its case folded, if it is plain. */
  private void give(
      boolean ascii,
      byte[] utf8,
      int from,
      byte[] plain,
      int plainFrom,
      int length,
      TokenSink sink) {
    if (ascii || isPlain(utf8, from, length)) {
      sink.token(plain, plainFrom, length);
    } else {
      pipeline.tokenize(utf8, from, length, sink);
    }
  }

  /** Whether all characters are plain in the sense of {@link TextCleaner#isPlain}. */
  private static boolean isPlain(byte[] utf8, int from, int length) {
    int end = from + length;
    int at = from;
    while (at < end) {
      if (utf8[at] >= 0) {
        at++;
      } else if (at + 2 < end
          && isPlain(utf8[at] & 0xFF, utf8[at + 1] & 0xFF, utf8[at + 2] & 0xFF)) {
        at += 3;
      } else {
        return false;
      }
    }
    return true;
  }

  /** Whether three bytes are one of U+3001 to U+3029, or of U+4E00 to U+9FFF. */
  private static boolean isPlain(int first, int second, int third) {
    if ((second & 0xC0) != 0x80 || (third & 0xC0) != 0x80) {
      return false;
    }
    return switch (first) {
      case 0xE3 -> second == 0x80 && third >= 0x81 && third <= 0xA9;
      case 0xE4 -> second >= 0xB8;
      default -> first >= 0xE5 && first <= 0xE9;
    };
  }

  private byte[] fold(byte[] utf8, int from, int length) {
    if (folded.length < length) {
      folded = new byte[Math.max(length, 2 * folded.length)];
    }
    for (int i = 0; i < length; i++) {
      byte b = utf8[from + i];
      folded[i] = b >= 'A' && b <= 'Z' ? (byte) (b + 'a' - 'A') : b;
    }
    return folded;
  }
}
