package io.meanmax.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * A plain-text table: the first column left-aligned, the others right-aligned, two spaces between
 * them, by display width. Lines between the rows take no part in the widths. Not thread-safe.
 */
final class TextTable {

  /** The columns after which a cell is cut. */
  private static final int WIDEST_CELL = 40;

  private static final String GAP = "  ";

  /** A row of cells, or a single line to be printed as it is. */
  private record Line(List<String> cells, String text) {}

  private final List<Line> lines = new ArrayList<>();

  TextTable row(List<String> cells) {
    lines.add(new Line(cells.stream().map(TextTable::printable).toList(), ""));
    return this;
  }

  TextTable row(String... cells) {
    return row(List.of(cells));
  }

  /** A line across all columns. */
  TextTable line(String text) {
    lines.add(new Line(List.of(), text));
    return this;
  }

  /** The table, each line ended by a line feed, without spaces at their ends. */
  String render() {
    int[] widths = widths();
    StringBuilder table = new StringBuilder();
    for (Line line : lines) {
      StringBuilder rendered = new StringBuilder(line.text());
      for (int column = 0; column < line.cells().size(); column++) {
        append(rendered, line.cells().get(column), column, widths[column]);
      }
      table.append(rendered.toString().stripTrailing()).append('\n');
    }
    return table.toString();
  }

  private static void append(StringBuilder line, String cell, int column, int width) {
    String padding = " ".repeat(width - DisplayWidth.of(cell));
    line.append(column == 0 ? cell + padding : GAP + padding + cell);
  }

  private int[] widths() {
    int columns = lines.stream().mapToInt(line -> line.cells().size()).max().orElse(0);
    int[] widths = new int[columns];
    for (Line line : lines) {
      for (int column = 0; column < line.cells().size(); column++) {
        widths[column] = Math.max(widths[column], DisplayWidth.of(line.cells().get(column)));
      }
    }
    return widths;
  }

  /** A cell that stays on its line: control characters would break the table. */
  static String printable(String cell) {
    return DisplayWidth.fit(cell.replaceAll("\\p{Cntrl}", "\uFFFD"), WIDEST_CELL);
  }
}
