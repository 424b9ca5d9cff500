package io.meanmax.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The same metrics a second time, the slow and obvious way: names instead of ids, full sorts, one
 * pass over all rows for each figure, floating-point sums.
 */
final class PlainMetrics {

  private final List<Row> rows;
  private final List<String> labels;
  private final List<List<String>> rankings = new ArrayList<>();

  PlainMetrics(List<Row> rows, List<String> labels) {
    this.rows = rows;
    this.labels = labels;
    for (Row row : rows) {
      rankings.add(
          IntStream.range(0, labels.size())
              .boxed()
              .sorted(
                  Comparator.comparing((Integer id) -> -row.probabilities()[id])
                      .thenComparing(Comparator.naturalOrder()))
              .map(labels::get)
              .toList());
    }
  }

  double recallAt(int k) {
    double hits = 0;
    for (int row = 0; row < rows.size(); row++) {
      List<String> ranking = rankings.get(row);
      if (ranking.subList(0, Math.min(k, ranking.size())).contains(rows.get(row).label())) {
        hits++;
      }
    }
    return rows.isEmpty() ? 0 : hits / rows.size();
  }

  double precisionAt(int k) {
    return recallAt(k) / Math.min(k, labels.size());
  }

  long count(String trueLabel, String predicted) {
    return IntStream.range(0, rows.size())
        .filter(row -> rows.get(row).label().equals(trueLabel))
        .filter(row -> predicted(row).equals(predicted))
        .count();
  }

  long support(String label) {
    return rows.stream().filter(row -> row.label().equals(label)).count();
  }

  long predicted(String label) {
    return IntStream.range(0, rows.size()).filter(row -> predicted(row).equals(label)).count();
  }

  double precision(String label) {
    return predicted(label) == 0 ? 0 : (double) count(label, label) / predicted(label);
  }

  double recall(String label) {
    return support(label) == 0 ? 0 : (double) count(label, label) / support(label);
  }

  double f1(String label) {
    double sum = precision(label) + recall(label);
    return sum == 0 ? 0 : 2 * precision(label) * recall(label) / sum;
  }

  /** The mean over the labels that stand in any true or predicted label. */
  double macro(ToDoubleFunction<String> figure) {
    return occurring().stream().mapToDouble(figure).average().orElse(0);
  }

  /** The mean over the rows of the figure of their true label. */
  double weighted(ToDoubleFunction<String> figure) {
    return occurring().stream()
        .mapToDouble(label -> support(label) * figure.applyAsDouble(label) / rows.size())
        .sum();
  }

  double logLoss() {
    double loss = 0;
    for (Row row : rows) {
      int id = labels.indexOf(row.label());
      loss -= Math.log(Math.max(Math.pow(2, -23), id < 0 ? 0 : row.probabilities()[id]));
    }
    return loss / rows.size();
  }

  double calibrationError() {
    double error = 0;
    for (int bin = 0; bin < 10; bin++) {
      double gap = 0;
      for (int row = 0; row < rows.size(); row++) {
        float top = rows.get(row).probabilities()[labels.indexOf(predicted(row))];
        if (Math.min(9, (int) Math.floor(top * 10f)) == bin) {
          gap += (predicted(row).equals(rows.get(row).label()) ? 1 : 0) - top;
        }
      }
      error += Math.abs(gap) / rows.size();
    }
    return error;
  }

  Set<String> unseen() {
    Set<String> names = new TreeSet<>();
    rows.stream().map(Row::label).filter(label -> !labels.contains(label)).forEach(names::add);
    return names;
  }

  private Set<String> occurring() {
    Set<String> names = new LinkedHashSet<>(labels);
    names.addAll(unseen());
    names.removeIf(label -> support(label) == 0 && predicted(label) == 0);
    return names;
  }

  private String predicted(int row) {
    return rankings.get(row).get(0);
  }
}
