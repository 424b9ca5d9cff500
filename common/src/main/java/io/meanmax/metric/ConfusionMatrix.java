package io.meanmax.metric;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of rows by true and predicted label, holding only the cells that occur.
 *
 * <p>Cells of known labels are keyed by {@code true << 32 | predicted}, so that the sorted map runs
 * row by row. Labels unseen in training have names but no ids and stand apart, sorted by name; the
 * model never predicts them. Not thread-safe.
 */
final class ConfusionMatrix implements Serializable {

  private final TreeMap<Long, Long> known = new TreeMap<>();
  private final TreeMap<String, TreeMap<Integer, Long>> unseen = new TreeMap<>();

  void add(int trueLabel, int predicted) {
    known.merge((long) trueLabel << 32 | predicted, 1L, Long::sum);
  }

  void addUnseen(String label, int predicted) {
    unseen.computeIfAbsent(label, name -> new TreeMap<>()).merge(predicted, 1L, Long::sum);
  }

  void merge(ConfusionMatrix other) {
    other.known.forEach((cell, count) -> known.merge(cell, count, Long::sum));
    other.unseen.forEach(
        (label, counts) -> {
          Map<Integer, Long> own = unseen.computeIfAbsent(label, name -> new TreeMap<>());
          counts.forEach((predicted, count) -> own.merge(predicted, count, Long::sum));
        });
  }

  /** One tally for each of {@code classes} label ids, in their order. */
  List<ClassTally> tallies(int classes) {
    long[] hits = new long[classes];
    long[] support = new long[classes];
    long[] predicted = new long[classes];
    known.forEach(
        (cell, count) -> {
          support[trueLabel(cell)] += count;
          predicted[predictedLabel(cell)] += count;
          if (trueLabel(cell) == predictedLabel(cell)) {
            hits[trueLabel(cell)] += count;
          }
        });
    unseen.values().forEach(row -> row.forEach((label, count) -> predicted[label] += count));
    List<ClassTally> tallies = new ArrayList<>(classes);
    for (int label = 0; label < classes; label++) {
      tallies.add(new ClassTally(hits[label], support[label], predicted[label]));
    }
    return tallies;
  }

  /** The cells that occur, by true then predicted label id, those of unseen labels last. */
  List<ConfusionCell> cells(List<String> labels) {
    List<ConfusionCell> cells = new ArrayList<>();
    known.forEach(
        (cell, count) ->
            cells.add(
                new ConfusionCell(
                    labels.get(trueLabel(cell)), labels.get(predictedLabel(cell)), count)));
    unseen.forEach(
        (name, row) ->
            row.forEach(
                (predicted, count) ->
                    cells.add(new ConfusionCell(name, labels.get(predicted), count))));
    return cells;
  }

  /** The labels unseen in training, sorted by name. */
  List<UnseenLabel> unseenLabels() {
    List<UnseenLabel> labels = new ArrayList<>();
    unseen.forEach(
        (name, row) ->
            labels.add(
                new UnseenLabel(name, row.values().stream().mapToLong(Long::longValue).sum())));
    return labels;
  }

  private static int trueLabel(long cell) {
    return (int) (cell >>> 32);
  }

  private static int predictedLabel(long cell) {
    return (int) cell;
  }
}
