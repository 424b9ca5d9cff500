package io.meanmax.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Rows as a table with notes and ratios, and as JSON. */
final class Report {
  private static final String NONE = "–";
  private static final Map<String, Function<Row, String>> COLUMNS = columns();

  private Report() {}

  private static Map<String, Function<Row, String>> columns() {
    Map<String, Function<Row, String>> columns = new LinkedHashMap<>();
    columns.put("dataset", row -> row.cell().corpus().name());
    columns.put("labels", row -> Integer.toString(row.cell().corpus().labels()));
    columns.put("dim", row -> orNone(row.cell().dimension()));
    columns.put("threads", row -> Integer.toString(row.cell().threads()));
    columns.put("pooling", row -> orNone(row.cell().pooling()));
    columns.put("system", Row::system);
    columns.put(
        "M words/s/thread", row -> number(row, Figure.WORDS_PER_SECOND_PER_THREAD, 1e-6, "%.2f"));
    columns.put(
        "steady", row -> number(row, Figure.STEADY_WORDS_PER_SECOND_PER_THREAD, 1e-6, "%.2f"));
    columns.put("wall s", row -> number(row, Figure.WALL_SECONDS, 1, "%.1f"));
    columns.put("peak MiB", row -> number(row, Figure.PEAK_MIB, 1, "%.0f"));
    columns.put("accuracy", row -> number(row, Figure.ACCURACY, 1, "%.4f"));
    columns.put("k docs/s scored", row -> number(row, Figure.DOCUMENTS_PER_SECOND, 1e-3, "%.1f"));
    return columns;
  }

  private static String orNone(Object value) {
    return value == null ? NONE : value.toString();
  }

  private static String number(Row row, Figure figure, double scale, String format) {
    OptionalDouble value = row.find(figure);
    return value.isPresent()
        ? String.format(Locale.ROOT, format, value.getAsDouble() * scale)
        : NONE;
  }

  /** Prints everything that a person wants to know. */
  static void print(List<Row> rows, PrintWriter out) {
    List<String> notes = new ArrayList<>();
    List<List<String>> lines = new ArrayList<>();
    lines.add(new ArrayList<>(COLUMNS.keySet()));
    for (Row row : rows) {
      List<String> line = new ArrayList<>();
      COLUMNS.values().forEach(column -> line.add(column.apply(row)));
      row.note()
          .ifPresent(
              note -> {
                String text = row.system() + ": " + note;
                if (!notes.contains(text)) {
                  notes.add(text);
                }
                line.add("[" + (notes.indexOf(text) + 1) + "]");
              });
      lines.add(line);
    }
    table(lines, out);
    for (int i = 0; i < notes.size(); i++) {
      out.printf("[%d] %s%n", i + 1, notes.get(i));
    }
    stages(rows, out);
    out.println();
    Ratios.of(rows).forEach(out::println);
    out.flush();
  }

  private static void table(List<List<String>> lines, PrintWriter out) {
    int[] widths = new int[COLUMNS.size() + 1];
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        boolean right = lines.get(0).size() > i && i != 0 && i != 4 && i != 5;
        String pad = " ".repeat(widths[i] - line.get(i).length());
        text.append(right ? pad + line.get(i) : line.get(i) + pad).append("  ");
      }
      out.println(text.toString().stripTrailing());
    }
  }

  /** Where the wall time of MeanMax goes. */
  private static void stages(List<Row> rows, PrintWriter out) {
    for (Row row : rows) {
      if (row.find(Figure.TOKENIZE_SECONDS).isPresent()) {
        out.printf(
            Locale.ROOT,
            "wall seconds of %s (%s): start %s, tokenize %s, vocabulary %s, encode %s, train %s%n",
            row.system(),
            row.cell(),
            number(row, Figure.START_SECONDS, 1, "%.1f"),
            number(row, Figure.TOKENIZE_SECONDS, 1, "%.1f"),
            number(row, Figure.VOCABULARY_SECONDS, 1, "%.1f"),
            number(row, Figure.ENCODE_SECONDS, 1, "%.1f"),
            number(row, Figure.TRAIN_SECONDS, 1, "%.1f"));
      }
    }
  }

  /** Writes the rows; a reader never sees half a file. */
  static void write(List<Row> rows, Path file) throws IOException {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ArrayNode array = json.createArrayNode();
    rows.forEach(row -> array.add(row.toJson()));
    Path whole = file.toAbsolutePath();
    Path unfinished = whole.resolveSibling(whole.getFileName() + ".tmp");
    Files.writeString(unfinished, json.writeValueAsString(array) + "\n");
    Files.move(unfinished, whole, StandardCopyOption.REPLACE_EXISTING);
  }
}
