package io.meanmax.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The {@code spark.*} keys, flat. Spark has keys that begin others, such as {@code
 * spark.speculation} and {@code spark.speculation.quantile}; in a tree one of them would hide the
 * other.
 */
final class SparkKeys {
  static final String GROUP = "spark";
  static final String EXAMPLE = "spark.sql.shuffle.partitions";

  private SparkKeys() {}

  /**
   * Settings under overrides, with {@code spark} as one flat object of texts. Nulls are gone: they
   * take a setting back.
   *
   * @param settings resolved
   * @param overrides resolved, those later in the list rank higher
   */
  static Config merge(Config settings, List<Config> overrides) {
    Map<String, ConfigValue> flat = values(settings);
    Config merged = settings.withoutPath(GROUP);
    for (Config override : overrides) {
      flat.putAll(values(override));
      merged = override.withoutPath(GROUP).withFallback(merged);
    }
    merged = merged.withValue(GROUP, ConfigValueFactory.fromMap(Map.of()));
    for (Map.Entry<String, ConfigValue> entry : flat.entrySet()) {
      if (entry.getValue().valueType() != ConfigValueType.NULL) {
        merged =
            merged.withValue(
                ConfigUtil.joinPath(GROUP, entry.getKey()),
                ConfigValueFactory.fromAnyRef(text(entry.getKey(), entry.getValue()))
                    .withOrigin(entry.getValue().origin()));
      }
    }
    return merged;
  }

  private static Map<String, ConfigValue> values(Config config) {
    Map<String, ConfigValue> values = new TreeMap<>();
    ConfigValue spark = config.root().get(GROUP);
    if (spark != null) {
      Leaf.of(spark.atKey(GROUP)).stream()
          .filter(leaf -> leaf.path().size() > 1)
          .forEach(leaf -> values.put(leaf.key().substring(GROUP.length() + 1), leaf.value()));
    }
    return values;
  }

  /** The value in its own spelling; lists with commas, as Spark reads them. */
  private static String text(String key, ConfigValue value) {
    if (value instanceof ConfigList list) {
      return list.stream().map(item -> text(key, item)).collect(Collectors.joining(","));
    }
    try {
      return ConfigFactory.empty().withValue("value", value).getString("value");
    } catch (ConfigException e) {
      throw new ConfigurationException(
          "spark.%s must be a text, a number, true, false or a list of them (%s)"
              .formatted(key, value.origin().description()),
          e);
    }
  }
}
