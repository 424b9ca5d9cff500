package io.meanmax.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a model was trained, enough to train it again.
 *
 * @param trainer {@code dl4j} or {@code sparse}
 * @param seed the seed of all randomness
 * @param maxTokens where a document was cut, at least 1
 * @param configuration every setting of the run; not to be modified
 * @param inputs what was read
 * @param rows how many rows there were of each kind ({@code examples}, {@code rejected}, …), in
 *     this order
 */
public record Training(
    String trainer,
    long seed,
    int maxTokens,
    JsonNode configuration,
    List<InputSource> inputs,
    Map<String, Long> rows) {

  public Training {
    Objects.requireNonNull(trainer, "trainer");
    Objects.requireNonNull(configuration, "configuration");
    if (maxTokens < 1) {
      throw new IllegalArgumentException("max_tokens must be at least 1: " + maxTokens);
    }
    inputs = List.copyOf(inputs);
    rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
  }
}
