package io.meanmax.job.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanmax.config.InputConfig;

/** JSON lines: one object a line. */
final class JsonParser implements LineParser {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private final InputConfig input;

  JsonParser(InputConfig input) {
    this.input = input;
  }

  @Override
  public Parsed parse(String line) {
    JsonNode object;
    try {
      object = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return Parsed.rejected("not JSON: " + e.getOriginalMessage());
    }
    if (object == null || !object.isObject()) {
      return Parsed.rejected("not a JSON object");
    }
    return Fields.document(
        field(object, input.idColumn() == null ? "id" : input.idColumn()),
        field(object, input.labelColumn()),
        field(object, input.textColumn()),
        input.weightColumn() == null ? null : field(object, input.weightColumn()));
  }

  private static String field(JsonNode object, String name) {
    JsonNode value = object.get(name);
    return value == null || !value.isValueNode() || value.isNull() ? null : value.asText();
  }
}
