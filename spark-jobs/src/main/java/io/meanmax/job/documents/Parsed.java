package io.meanmax.job.documents;

import io.meanmax.config.InputConfig;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What became of a row: a document, or the reason why it is none.
 *
 * @param id its own id, or null where it has none
 * @param label its label, or null
 * @param text its text, or null
 * @param weight its weight
 * @param reason why it is rejected, or null
 */
record Parsed(String id, String label, String text, double weight, String reason) {
  private static final int SHOWN_CHARACTERS = 200;

  static Parsed document(String id, String label, String text, double weight) {
    return new Parsed(id, label, text, weight, null);
  }

  static Parsed rejected(String reason) {
    return new Parsed(null, null, null, 1, reason);
  }

  /** The rules that hold for documents of every format. */
  record Rules(Labelling labelling, int maxRowBytes) implements Serializable {

    Rules(InputConfig input, Labelling labelling) {
      this(labelling, input.maxRowBytes());
    }

    Parsed check(Parsed parsed) {
      if (parsed.reason != null) {
        return parsed;
      }
      if (labelling == Labelling.REQUIRED && (parsed.label == null || parsed.label.isBlank())) {
        return rejected("no label");
      }
      if (parsed.text == null || isBlank(parsed.text)) {
        return rejected("empty text");
      }
      if (tooLong(parsed.text)) {
        return rejected("row over input.max-row-bytes = " + maxRowBytes);
      }
      return parsed;
    }

    private boolean tooLong(String text) {
      return text.length() > maxRowBytes
          || (text.length() > maxRowBytes / 3
              && text.getBytes(StandardCharsets.UTF_8).length > maxRowBytes);
    }
  }

  /**
   * Blank in Unicode's sense, so that full-width and no-break spaces count, and byte order marks.
   */
  static boolean isBlank(String text) {
    return text.codePoints().allMatch(Parsed::isSpace);
  }

  static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || codePoint == 0xFEFF
        || codePoint == 0;
  }

  /**
   * The row in the form of {@link io.meanmax.job.schema.Schemas#READ}.
   *
   * @param source where the row stands; a document without an id of its own is called so too
   * @param raw the row as it stood, shortened for the list of rejected rows
   */
  Row toRow(String source, String raw) {
    return reason == null
        ? RowFactory.create(id == null ? source : id, text, label, weight, null, null)
        : RowFactory.create(source, null, null, weight, reason, shorten(raw));
  }

  private static String shorten(String raw) {
    if (raw == null || raw.length() <= SHOWN_CHARACTERS) {
      return raw;
    }
    int end = SHOWN_CHARACTERS;
    if (Character.isHighSurrogate(raw.charAt(end - 1))) {
      end--;
    }
    return raw.substring(0, end) + "…";
  }
}
