package io.meanmax.metric;

import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Which labels are taken for which, as a table for people. */
final class ConfusionText {

  private static final int LARGEST_MATRIX = 12;
  private static final int SAMPLE = 10;

  /** The columns after which a label at the head of a matrix column is cut. */
  private static final int WIDEST_HEAD = 10;

  private ConfusionText() {}

  static String of(ClassificationMetrics metrics) {
    int rows = metrics.perClass().size() + metrics.unseenLabels().size();
    return rows <= LARGEST_MATRIX ? matrix(metrics) : mostFrequent(metrics);
  }

  private static String matrix(ClassificationMetrics metrics) {
    Map<String, Map<String, Long>> counts = new HashMap<>();
    for (ConfusionCell cell : metrics.confusion()) {
      counts
          .computeIfAbsent(cell.trueLabel(), label -> new HashMap<>())
          .put(cell.predictedLabel(), cell.count());
    }
    List<String> predicted = metrics.perClass().stream().map(ClassMetrics::label).toList();
    TextTable table = new TextTable();
    List<String> head = new ArrayList<>(List.of("true \\ predicted"));
    predicted.forEach(label -> head.add(DisplayWidth.fit(label, WIDEST_HEAD)));
    table.row(head);
    for (String label : trueLabels(metrics)) {
      Map<String, Long> row = counts.getOrDefault(label, Map.of());
      List<String> cells = new ArrayList<>(List.of(label));
      predicted.forEach(other -> cells.add(Long.toString(row.getOrDefault(other, 0L))));
      table.row(cells);
    }
    return table.render();
  }

  private static String mostFrequent(ClassificationMetrics metrics) {
    List<ConfusionCell> confusions =
        metrics.confusion().stream()
            .filter(cell -> !cell.trueLabel().equals(cell.predictedLabel()))
            .sorted(comparingLong(ConfusionCell::count).reversed())
            .toList();
    if (confusions.isEmpty()) {
      return "No row was taken for another class.\n";
    }
    Map<String, Long> support = new HashMap<>();
    metrics.perClass().forEach(figures -> support.put(figures.label(), figures.support()));
    metrics.unseenLabels().forEach(label -> support.put(label.label(), label.count()));
    TextTable table = new TextTable();
    table.row("true", "predicted", "rows", "of true");
    for (ConfusionCell cell : confusions.subList(0, Math.min(SAMPLE, confusions.size()))) {
      double part = ClassTally.ratio(cell.count(), support.getOrDefault(cell.trueLabel(), 0L));
      table.row(
          cell.trueLabel(),
          cell.predictedLabel(),
          Long.toString(cell.count()),
          String.format(Locale.ROOT, "%.1f%%", 100 * part));
    }
    if (confusions.size() > SAMPLE) {
      table.line(
          "-- %d more pairs; all: metrics.json, confusion".formatted(confusions.size() - SAMPLE));
    }
    return table.render();
  }

  private static List<String> trueLabels(ClassificationMetrics metrics) {
    return Stream.concat(
            metrics.perClass().stream().map(ClassMetrics::label),
            metrics.unseenLabels().stream().map(UnseenLabel::label))
        .toList();
  }
}
