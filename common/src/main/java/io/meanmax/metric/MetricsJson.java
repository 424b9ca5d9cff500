package io.meanmax.metric;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Metrics records to JSON trees and back, strict about what is missing. */
final class MetricsJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private MetricsJson() {}

  static ObjectNode write(ClassificationMetrics metrics) {
    return MAPPER.valueToTree(metrics);
  }

  static ClassificationMetrics read(JsonNode split) {
    if (!split.isObject()) {
      throw new IllegalArgumentException(
          "Cannot read classification metrics: no object but "
              + split.getNodeType().name().toLowerCase(Locale.ROOT));
    }
    try {
      return MAPPER.treeToValue(split, ClassificationMetrics.class);
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(
          "Cannot read classification metrics%s: %s".formatted(place(e), reason(e)), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Cannot read classification metrics: " + e.getOriginalMessage(), e);
    }
  }

  /** Jackson's message, less the name of the setting that makes it an error. */
  private static String reason(JsonMappingException e) {
    return e.getOriginalMessage().replaceFirst("; `DeserializationFeature.*", "");
  }

  /** Where in the tree it failed, such as {@code " at 'per_class[3].f1'"}. */
  private static String place(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.isEmpty() ? "" : " at '" + path + "'";
  }
}
