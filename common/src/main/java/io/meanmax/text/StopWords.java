package io.meanmax.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads lists of stop words: one a line, blank lines skipped. {@code #} starts a comment at the
 * start of a line or after white space, so that {@code c#} is a word.
 */
public final class StopWords {

  private StopWords() {}

  /**
   * The words that {@code source} lists, in their order and as they are written there, each once.
   * White space around a word, a byte order mark and either kind of line end are no part of it. The
   * caller closes {@code source}.
   *
   * @throws IOException if {@code source} cannot be read
   */
  public static List<String> read(Reader source) throws IOException {
    BufferedReader lines = new BufferedReader(source);
    List<String> words = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String word = trimmed(withoutComment(line));
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words.stream().distinct().toList();
  }

  private static String withoutComment(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == '#' && (i == 0 || isPadding(line.charAt(i - 1)))) {
        return line.substring(0, i);
      }
    }
    return line;
  }

  private static String trimmed(String line) {
    int start = 0;
    int end = line.length();
    while (start < end && isPadding(line.charAt(start))) {
      start++;
    }
    while (start < end && isPadding(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(start, end);
  }

  private static boolean isPadding(char c) {
    return WhiteSpace.is(c) || c == '\uFEFF';
  }
}
