package io.meanmax.bundle;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a bundle's text files: fields between tabs, with backslash, tab, newline and
 * carriage return written as {@code \\}, {@code \t}, {@code \n} and {@code \r}. Lines end in {@code
 * \n}, which belongs to neither side here. Thread-safe.
 */
public final class TabSeparated {

  private TabSeparated() {}

  /** One line of these fields, without its line end. */
  public static String line(String... fields) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < fields.length; i++) {
      if (i > 0) {
        line.append('\t');
      }
      escape(fields[i], line);
    }
    return line.toString();
  }

  /**
   * The fields of a line that {@link #line} wrote.
   *
   * @param line the line without its line end
   * @param expected how many fields there must be, at least 1
   * @param where file and line number, for the error: {@code "vocabulary.txt line 12"}
   * @throws BundleException if their number differs or an escape is none of the four
   */
  public static String[] fields(String line, int expected, String where) {
    List<String> fields = new ArrayList<>(expected);
    int start = 0;
    for (int tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', start)) {
      fields.add(unescape(line.substring(start, tab), where));
      start = tab + 1;
    }
    fields.add(unescape(line.substring(start), where));
    if (fields.size() != expected) {
      throw new BundleException(
          where
              + ": expected "
              + expected
              + " fields separated by tabs, found "
              + fields.size()
              + ": "
              + line);
    }
    return fields.toArray(String[]::new);
  }

  private static void escape(String field, StringBuilder line) {
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      switch (c) {
        case '\\' -> line.append("\\\\");
        case '\t' -> line.append("\\t");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        default -> line.append(c);
      }
    }
  }

  private static String unescape(String field, String where) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    StringBuilder text = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      text.append(c == '\\' ? escaped(field, ++i, where) : c);
    }
    return text.toString();
  }

  private static char escaped(String field, int index, String where) {
    char code = index < field.length() ? field.charAt(index) : '\0';
    return switch (code) {
      case '\\' -> '\\';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      default ->
          throw new BundleException(
              where
                  + ": a backslash must be followed by one of \\ t n r, found '"
                  + field.substring(index - 1)
                  + "'");
    };
  }
}
