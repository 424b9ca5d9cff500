package io.meanmax.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A system's medians in a cell.
 *
 * @param system its name
 * @param cell what of the cell makes a difference to it
 * @param runs how often it was measured
 * @param median medians of the runs
 * @param note what a reader must know
 */
record Row(String system, Cell cell, int runs, Measurement median, Optional<String> note) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<Figure> MAIN =
      List.of(
          Figure.WORDS_PER_SECOND_PER_THREAD,
          Figure.WALL_SECONDS,
          Figure.PEAK_MIB,
          Figure.ACCURACY);

  /** A figure, if it was taken. */
  OptionalDouble find(Figure figure) {
    return median.find(figure);
  }

  /** As an object; what does not apply among the main figures is null, the others are left out. */
  ObjectNode toJson() {
    ObjectNode row = JSON.createObjectNode();
    row.put("system", system);
    row.put("dataset", cell.corpus().name());
    row.put("dim", cell.dimension());
    row.put("labels", cell.corpus().labels());
    row.put("threads", cell.threads());
    row.put("pooling", cell.pooling());
    for (Figure figure : MAIN) {
      OptionalDouble value = find(figure);
      row.put(figure.key(), value.isPresent() ? (Double) value.getAsDouble() : null);
    }
    for (Figure figure : Figure.values()) {
      if (!MAIN.contains(figure)) {
        find(figure).ifPresent(value -> row.put(figure.key(), value));
      }
    }
    row.put("documents", cell.corpus().documents());
    row.put("epochs", cell.corpus().epochs());
    row.put("runs", runs);
    note.ifPresent(text -> row.put("note", text));
    return row;
  }
}
