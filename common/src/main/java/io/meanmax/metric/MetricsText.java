package io.meanmax.metric;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingLong;

import io.meanmax.metric.Averages.Average;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The metrics of a split as a table for people, after scikit-learn's classification report. */
final class MetricsText {

  private static final int MOST_CLASSES = 30;
  private static final int SAMPLE = 10;

  private MetricsText() {}

  static String of(ClassificationMetrics metrics) {
    TextTable table = new TextTable();
    table.row("label", "precision", "recall", "f1", "support", "predicted");
    if (metrics.perClass().size() <= MOST_CLASSES) {
      metrics.perClass().forEach(figures -> addClass(table, figures));
    } else {
      addSample(table, metrics.perClass());
    }
    table.line("");
    addAverage(table, "micro average", metrics.averages().micro(), metrics.examples());
    addAverage(table, "macro average", metrics.averages().macro(), metrics.examples());
    addAverage(table, "weighted average", metrics.averages().weighted(), metrics.examples());
    return table.render() + "\n" + headline(metrics);
  }

  private static void addSample(TextTable table, List<ClassMetrics> classes) {
    // Sorting is stable: equal classes stay in the order of their ids.
    List<ClassMetrics> largest =
        classes.stream()
            .sorted(comparingLong(ClassMetrics::support).reversed())
            .limit(SAMPLE)
            .toList();
    List<ClassMetrics> worst =
        classes.stream()
            .filter(figures -> figures.support() > 0 && !largest.contains(figures))
            .sorted(
                comparingDouble(ClassMetrics::f1)
                    .thenComparing(comparingLong(ClassMetrics::support).reversed()))
            .limit(SAMPLE)
            .toList();
    table.line("-- most rows");
    largest.forEach(figures -> addClass(table, figures));
    table.line("-- lowest F1 of the others that have rows");
    worst.forEach(figures -> addClass(table, figures));
    int left = classes.size() - largest.size() - worst.size();
    table.line(
        "-- %d more classes; all %d: metrics.json, per_class".formatted(left, classes.size()));
  }

  private static void addClass(TextTable table, ClassMetrics figures) {
    table.row(
        figures.label(),
        rate(figures.precision()),
        rate(figures.recall()),
        rate(figures.f1()),
        Long.toString(figures.support()),
        Long.toString(figures.predicted()));
  }

  private static void addAverage(TextTable table, String name, Average average, long examples) {
    table.row(
        name,
        rate(average.precision()),
        rate(average.recall()),
        rate(average.f1()),
        Long.toString(examples),
        Long.toString(examples));
  }

  private static String headline(ClassificationMetrics metrics) {
    TextTable table = new TextTable();
    table.row("examples", Long.toString(metrics.examples()));
    table.row("accuracy", rate(metrics.accuracy()));
    table.row("top-3 accuracy", rate(metrics.top3Accuracy()));
    metrics.precisionAt().forEach((k, precision) -> table.row("P@" + k, rate(precision)));
    metrics.recallAt().forEach((k, recall) -> table.row("R@" + k, rate(recall)));
    table.row("log-loss", rate(metrics.logLoss()));
    table.row("calibration error", rate(metrics.calibrationError()));
    if (!metrics.unseenLabels().isEmpty()) {
      table.row("labels unseen in training", Integer.toString(metrics.unseenLabels().size()));
      table.row("rows with them, wrong", Long.toString(metrics.unseenExamples()));
      table.line("unseen: " + unseen(metrics.unseenLabels()));
    }
    return table.render();
  }

  private static String unseen(List<UnseenLabel> labels) {
    String most =
        labels.stream()
            .sorted(comparingLong(UnseenLabel::count).reversed())
            .limit(SAMPLE)
            .map(label -> TextTable.printable(label.label()) + " (" + label.count() + ")")
            .collect(Collectors.joining(", "));
    return labels.size() <= SAMPLE
        ? most
        : most + ", %d more; all: metrics.json, unseen_labels".formatted(labels.size() - SAMPLE);
  }

  private static String rate(OptionalDouble figure) {
    return figure.isPresent() ? rate(figure.getAsDouble()) : "-";
  }

  private static String rate(double figure) {
    return String.format(Locale.ROOT, "%.4f", figure);
  }
}
