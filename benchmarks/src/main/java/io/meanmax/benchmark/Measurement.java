package io.meanmax.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The figures of a run, or the medians of several; a figure that does not apply is not there.
 *
 * @param figures immutable
 */
record Measurement(Map<Figure, Double> figures) {
  Measurement {
    figures = Map.copyOf(figures);
  }

  /** A figure, if it was taken. */
  OptionalDouble find(Figure figure) {
    Double value = figures.get(figure);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** The figures that a child process wrote as a JSON object. */
  static Measurement of(JsonNode json) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      if (json.hasNonNull(figure.key())) {
        figures.put(figure, json.get(figure.key()).asDouble());
      }
    }
    return new Measurement(figures);
  }

  /** These figures with those of another on top. */
  Measurement with(Map<Figure, Double> more) {
    Map<Figure, Double> all = new EnumMap<>(Figure.class);
    all.putAll(figures);
    all.putAll(more);
    return new Measurement(all);
  }

  /** One figure alone, if it was taken. */
  Measurement only(Figure figure) {
    Map<Figure, Double> one = new EnumMap<>(Figure.class);
    find(figure).ifPresent(value -> one.put(figure, value));
    return new Measurement(one);
  }

  /** The median of each figure over the runs that have it. */
  static Measurement median(List<Measurement> runs) {
    Map<Figure, Double> medians = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      double[] values =
          runs.stream().flatMapToDouble(run -> run.find(figure).stream()).sorted().toArray();
      if (values.length > 0) {
        int half = values.length / 2;
        medians.put(
            figure, values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2);
      }
    }
    return new Measurement(medians);
  }

  /** Numbers a second of whole passes: the harmonic mean, for every pass reads the same words. */
  static double rate(List<Double> perPass) {
    double seconds = Arrays.stream(perPass.toArray(Double[]::new)).mapToDouble(r -> 1 / r).sum();
    return perPass.size() / seconds;
  }
}
