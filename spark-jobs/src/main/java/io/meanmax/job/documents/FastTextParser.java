package io.meanmax.job.documents;

/**
 * fastText lines: words at the start of a line that begin with the prefix are labels, the rest is
 * text. Unlike fastText, a word with the prefix further on is text, so that a short prefix (such as
 * {@code ll}) does not swallow words.
 */
final class FastTextParser implements LineParser {
  private final String prefix;

  FastTextParser(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public Parsed parse(String line) {
    int at = skipSpace(line, 0);
    String label = null;
    int labels = 0;
    while (line.startsWith(prefix, at)) {
      int end = skipWord(line, at);
      label = line.substring(at + prefix.length(), end);
      labels++;
      at = skipSpace(line, end);
    }
    if (labels > 1) {
      return Parsed.rejected(labels + " labels where network.output = softmax takes one");
    }
    if (label != null && label.isEmpty()) {
      return Parsed.rejected("empty label: '" + prefix + "' with nothing after it");
    }
    return Parsed.document(null, label, line.substring(at), 1);
  }

  private static int skipSpace(String line, int at) {
    while (at < line.length() && Parsed.isSpace(line.codePointAt(at))) {
      at += Character.charCount(line.codePointAt(at));
    }
    return at;
  }

  private static int skipWord(String line, int at) {
    while (at < line.length() && !Parsed.isSpace(line.codePointAt(at))) {
      at += Character.charCount(line.codePointAt(at));
    }
    return at;
  }
}
