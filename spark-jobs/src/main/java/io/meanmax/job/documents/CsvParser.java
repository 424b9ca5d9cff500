package io.meanmax.job.documents;

import com.univocity.parsers.csv.CsvParserSettings;
import io.meanmax.config.InputConfig;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** CSV lines below a header line. Quoted fields stay within their line. */
final class CsvParser implements LineParser {
  private final InputConfig input;
  private final String header;
  private final List<String> columns;
  private final com.univocity.parsers.csv.CsvParser parser;

  CsvParser(InputConfig input, String header) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(input.csvDelimiter());
    settings.getFormat().setComment('\0');
    settings.setMaxCharsPerColumn(-1);
    settings.setMaxColumns(10_000);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    this.input = input;
    this.header = header;
    this.parser = new com.univocity.parsers.csv.CsvParser(settings);
    this.columns = Arrays.asList(parser.parseLine(header));
  }

  List<String> columns() {
    return columns;
  }

  /** A column that is read and stands in the header more than once. */
  Optional<String> ambiguousColumn() {
    return Stream.of(idColumn(), input.labelColumn(), input.textColumn(), input.weightColumn())
        .filter(Objects::nonNull)
        .filter(column -> Collections.frequency(columns, column) > 1)
        .findFirst();
  }

  private String idColumn() {
    return input.idColumn() == null ? "id" : input.idColumn();
  }

  @Override
  public Parsed parse(String line) {
    if (line.equals(header)) {
      return Parsed.rejected("the header again");
    }
    if (endsInsideQuotes(line)) {
      return Parsed.rejected(
          "a quoted field does not end in its line;"
              + " set input.csv.multi-line = true if fields hold line breaks");
    }
    String[] fields = parser.parseLine(line);
    if (fields == null || fields.length != columns.size()) {
      return Parsed.rejected(
          "%d fields where the header has %d"
              .formatted(fields == null ? 0 : fields.length, columns.size()));
    }
    return Fields.document(
        field(fields, idColumn()),
        field(fields, input.labelColumn()),
        field(fields, input.textColumn()),
        input.weightColumn() == null ? null : field(fields, input.weightColumn()));
  }

  /** What the parser would take for a whole field is the first part of one. */
  private boolean endsInsideQuotes(String line) {
    boolean quoted = false;
    boolean fieldStart = true;
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (quoted && c == '"') {
        boolean doubled = at + 1 < line.length() && line.charAt(at + 1) == '"';
        quoted = doubled;
        at += doubled ? 1 : 0;
      } else if (!quoted) {
        quoted = fieldStart && c == '"';
        fieldStart = c == input.csvDelimiter();
      }
    }
    return quoted;
  }

  private String field(String[] fields, String column) {
    int index = columns.indexOf(column);
    return index < 0 ? null : fields[index];
  }
}
