package io.meanmax.text;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One part of a Lucene analysis chain: the name of a factory, and its parameters.
 *
 * @param name as Lucene registers it, like {@code standard} or {@code asciiFolding}; case is
 *     ignored
 * @param parameters of the factory, by name; sorted, so that the same parameters are always written
 *     the same; may be empty
 */
public record AnalysisFactory(String name, Map<String, String> parameters) implements Serializable {

  public AnalysisFactory {
    Objects.requireNonNull(name, "name");
    parameters =
        parameters == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /** The factory {@code name} with its default parameters. */
  public static AnalysisFactory of(String name) {
    return new AnalysisFactory(name, Map.of());
  }
}
