package io.meanmax.bundle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** The JSON of a bundle: the manifest and the metrics, as UTF-8. Thread-safe. */
final class ManifestJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantDeserializer()))
          .build();

  private ManifestJson() {}

  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw BundleException.failed("Cannot write " + value + " as JSON", e);
    }
  }

  /** Reads any JSON object of the bundle in {@code folder}. */
  static JsonNode object(byte[] json, Path folder, String file) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(json);
    } catch (IOException e) {
      throw BundleException.unusable(folder, file + " is not valid JSON: " + reason(e), e);
    }
    if (!tree.isObject()) {
      throw BundleException.unusable(folder, file + " is not a JSON object");
    }
    return tree;
  }

  /** Takes {@code tree} for a manifest; the format version must have been checked. */
  static Manifest manifest(JsonNode tree, Path folder) {
    try {
      return MAPPER.treeToValue(tree, Manifest.class);
    } catch (JsonProcessingException e) {
      throw BundleException.unusable(folder, Bundle.MANIFEST + " is damaged: " + reason(e), e);
    }
  }

  static void requireKnownFormat(JsonNode tree, Path folder) {
    JsonNode found = tree.path("format_version");
    if (found.isInt() && found.intValue() == Manifest.FORMAT_VERSION) {
      return;
    }
    throw new BundleException(
        "Cannot use the model at "
            + folder
            + ": "
            + Bundle.MANIFEST
            + (found.isMissingNode() ? " has no format_version" : " has format version " + found)
            + " and this release of MeanMax reads "
            + Manifest.FORMAT_VERSION
            + "; use the release that wrote it or a newer one, or publish the model again");
  }

  private static String reason(IOException e) {
    if (!(e instanceof JsonProcessingException json)) {
      return e.getMessage();
    }
    String said = json.getOriginalMessage();
    return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? "key '" + key(mapping) + "': " + said
        : said;
  }

  private static String key(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  /** Instants as ISO-8601, so that no further Jackson module is needed. */
  private static final class InstantDeserializer extends StdDeserializer<Instant> {
    InstantDeserializer() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getValueAsString();
      try {
        return Instant.parse(String.valueOf(text));
      } catch (DateTimeException e) {
        return (Instant) context.handleWeirdStringValue(Instant.class, text, "not ISO-8601");
      }
    }
  }
}
