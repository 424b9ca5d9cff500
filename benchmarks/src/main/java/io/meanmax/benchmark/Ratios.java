package io.meanmax.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the rows say of MeanMax against the others: ratios of medians, with what they should be. */
final class Ratios {
  private static final String OURS = "meanmax-sparse";
  private static final String FASTTEXT = "fasttext";
  private static final int MAIN_DIMENSION = 80;

  private static final double MEAN_SPEED = 4.0;
  private static final double MEAN_MAX_SPEED = 2.5;
  private static final double DL4J_SPEED = 25;
  private static final double ROOFLINE_SHARE = 0.6;
  private static final double SECOND_THREAD = 1.7;
  private static final double WALL = 0.5;
  private static final double SCORING = 3.0;
  private static final double ACCURACY = -0.003;

  private static final long LONG_WORDS = 19_000_000;
  private static final int LONG_EPOCHS = 10;

  private final List<Row> rows;
  private final List<String> lines = new ArrayList<>();

  private Ratios(List<Row> rows) {
    this.rows = rows;
  }

  /** A line for each ratio that the rows allow. */
  static List<String> of(List<Row> rows) {
    Ratios ratios = new Ratios(rows);
    rows.stream().filter(row -> row.system().equals(OURS)).forEach(ratios::add);
    return ratios.lines;
  }

  private void add(Row ours) {
    boolean mean = ours.cell().network() == Network.MEAN;
    boolean main = ours.cell().dimension() == MAIN_DIMENSION;
    Optional<Row> fastText = row(FASTTEXT, ours.cell().with(Network.MEAN));
    atLeast(
        "training words/s ÷ fastText's",
        ours,
        ratio(ours, fastText, Figure.WORDS_PER_SECOND_PER_THREAD),
        main ? (mean ? MEAN_SPEED : MEAN_MAX_SPEED) : null);
    atLeast(
        "training words/s ÷ stock DL4J's",
        ours,
        ratio(ours, row("meanmax-dl4j", ours.cell()), Figure.WORDS_PER_SECOND_PER_THREAD),
        main && !mean ? DL4J_SPEED : null);
    threads(ours);
    if (mean) {
      atLeast(
          "share of the gather + scatter roofline",
          ours,
          ratio(ours, row("roofline", ours.cell().with(null)), Figure.WORDS_PER_SECOND_PER_THREAD),
          main && ours.cell().threads() == 1 ? ROOFLINE_SHARE : null);
      accuracy(ours, fastText);
    }
    // The goals are for fastText doing the same, which has the mean only.
    atMost(
        "wall time, text → model, ÷ fastText's",
        ours,
        ratio(ours, fastText, Figure.WALL_SECONDS),
        mean && isLong(ours.cell().corpus()) ? WALL : null);
    atLeast(
        "documents scored/s ÷ fasttext predict's",
        ours,
        ratio(ours, fastText, Figure.DOCUMENTS_PER_SECOND),
        mean ? SCORING : null);
  }

  /** The goal for the wall time is set for 20 M words and 10 epochs. */
  private static boolean isLong(Corpus corpus) {
    return corpus.words() >= LONG_WORDS && corpus.epochs() >= LONG_EPOCHS;
  }

  private void threads(Row ours) {
    Cell cell = ours.cell();
    if (cell.threads() == 1) {
      return;
    }
    Cell alone = new Cell(cell.corpus(), cell.dimension(), 1, cell.network());
    OptionalDouble perThread = ratio(ours, row(OURS, alone), Figure.WORDS_PER_SECOND_PER_THREAD);
    if (perThread.isPresent()) {
      atLeast(
          "%d threads ÷ one".formatted(cell.threads()),
          ours,
          OptionalDouble.of(perThread.getAsDouble() * cell.threads()),
          cell.threads() == 2 ? SECOND_THREAD : null);
    }
  }

  private void accuracy(Row ours, Optional<Row> fastText) {
    OptionalDouble own = ours.find(Figure.ACCURACY);
    OptionalDouble other =
        fastText.map(row -> row.find(Figure.ACCURACY)).orElse(OptionalDouble.empty());
    if (own.isPresent() && other.isPresent()) {
      double difference = own.getAsDouble() - other.getAsDouble();
      line(
          "test accuracy − fastText's",
          ours,
          "%+.4f",
          difference,
          "≥ ",
          ACCURACY,
          difference >= ACCURACY);
    }
  }

  private Optional<Row> row(String system, Cell cell) {
    return rows.stream()
        .filter(row -> row.system().equals(system) && Objects.equals(row.cell(), cell))
        .findFirst();
  }

  private static OptionalDouble ratio(Row ours, Optional<Row> other, Figure figure) {
    OptionalDouble above = ours.find(figure);
    OptionalDouble below = other.map(row -> row.find(figure)).orElse(OptionalDouble.empty());
    return above.isPresent() && below.isPresent()
        ? OptionalDouble.of(above.getAsDouble() / below.getAsDouble())
        : OptionalDouble.empty();
  }

  private void atLeast(String what, Row ours, OptionalDouble value, Double goal) {
    value.ifPresent(
        ratio -> line(what, ours, "%.2f", ratio, "≥ ", goal, goal == null || ratio >= goal));
  }

  private void atMost(String what, Row ours, OptionalDouble value, Double goal) {
    value.ifPresent(
        ratio -> line(what, ours, "%.2f", ratio, "≤ ", goal, goal == null || ratio <= goal));
  }

  private void line(
      String what, Row ours, String format, double value, String sign, Double goal, boolean met) {
    String text =
        String.format(Locale.ROOT, "%-42s %8s", what, String.format(Locale.ROOT, format, value));
    String judged =
        goal == null ? "" : "  goal %s%s: %s".formatted(sign, goal, met ? "met" : "MISSED");
    lines.add("%s%-22s  (%s)".formatted(text, judged, ours.cell()));
  }
}
