package io.meanmax.text;

import java.util.List;

/**
 * A whitespace pipeline that splits plain texts as they are in UTF-8, which makes no string of any
 * token: most texts are plain (ASCII, or Chinese), and need nothing done but their case folded. The
 * others go the usual way.
 */
final class PlainTextTokenizer implements Tokenizer {
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
  PlainTextTokenizer(Tokenizer pipeline, boolean lowerCase) {
    this.pipeline = pipeline;
    this.lowerCase = lowerCase;
  }

  @Override
  public List<String> tokenize(String text) {
    return pipeline.tokenize(text);
  }

  @Override
  public void tokenize(byte[] utf8, int from, int length, TokenSink sink) {
    if (!isPlain(utf8, from, length)) {
      pipeline.tokenize(utf8, from, length, sink);
    } else if (lowerCase && length <= LONGEST_KEPT) {
      split(fold(utf8, from, length), 0, length, sink);
    } else if (lowerCase) {
      pipeline.tokenize(utf8, from, length, sink);
    } else {
      split(utf8, from, length, sink);
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

  /** Every white space of a plain text is ASCII. */
  private static void split(byte[] utf8, int from, int length, TokenSink sink) {
    int end = from + length;
    int start = from;
    for (int at = from; at < end; at++) {
      byte b = utf8[at];
      if (b >= 0 && b <= ' ' && WhiteSpace.is((char) b)) {
        if (start < at) {
          sink.token(utf8, start, at - start);
        }
        start = at + 1;
      }
    }
    if (start < end) {
      sink.token(utf8, start, end - start);
    }
  }
}
