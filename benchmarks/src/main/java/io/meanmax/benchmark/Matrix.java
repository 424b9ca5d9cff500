package io.meanmax.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which system is measured in which cell, and what came of it. Systems take turns: a round measures
 * every system once in every cell, one system after another in a cell, so that whatever else the
 * machine does meets all of them alike.
 */
final class Matrix {
  private final Set<Entry> entries = new LinkedHashSet<>();
  private final Map<Entry, List<Measurement>> measured = new LinkedHashMap<>();
  private final Set<String> obstacles = new LinkedHashSet<>();
  private final List<String> failures = new ArrayList<>();
  private final PrintWriter progress;

  private record Entry(Contestant contestant, Cell cell) {}

  /** A matrix that tells how far it is. */
  Matrix(PrintWriter progress) {
    this.progress = progress;
  }

  /** Adds a system in a cell, unless it stands in the way of itself or is there already. */
  void add(Contestant contestant, Cell cell) {
    contestant
        .obstacle(cell)
        .ifPresentOrElse(
            why -> obstacles.add(contestant.name() + " is left out: " + why),
            () -> entries.add(new Entry(contestant, contestant.relevant(cell))));
  }

  /** What was left out, and why. */
  Set<String> obstacles() {
    return obstacles;
  }

  /** What failed, and how. */
  List<String> failures() {
    return failures;
  }

  /** Measures everything once. */
  void round(int number, int of) {
    int place = 0;
    for (Entry entry : entries) {
      place++;
      progress.printf(
          Locale.ROOT,
          "[run %d/%d, %d/%d] %s: %s%n",
          number,
          of,
          place,
          entries.size(),
          entry.contestant().name(),
          entry.cell());
      progress.flush();
      try {
        Measurement measurement = entry.contestant().measure(entry.cell());
        measured.computeIfAbsent(entry, key -> new ArrayList<>()).add(measurement);
      } catch (IOException e) {
        String failure =
            "%s failed (%s): %s".formatted(entry.contestant().name(), entry.cell(), e.getMessage());
        failures.add(failure);
        progress.println(failure);
      }
    }
  }

  /** The medians so far. */
  List<Row> rows() {
    return entries.stream()
        .filter(measured::containsKey)
        .map(
            entry ->
                new Row(
                    entry.contestant().name(),
                    entry.cell(),
                    measured.get(entry).size(),
                    Measurement.median(measured.get(entry)),
                    entry.contestant().note(entry.cell())))
        .toList();
  }
}
