package io.meanmax.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A value of a configuration that holds no further keys: a text, number, flag, list, null or empty
 * object.
 *
 * @param path the names that lead to it
 * @param value what stands there
 */
record Leaf(List<String> path, ConfigValue value) {

  /**
   * Every leaf in the order of its key, also nulls and empty objects. What a substitution has yet
   * to fill counts as one leaf, whatever it will be.
   */
  static List<Leaf> of(Config config) {
    List<Leaf> leaves = new ArrayList<>();
    config.root().forEach((name, value) -> collect(List.of(name), value, leaves));
    leaves.sort(Comparator.comparing(Leaf::key));
    return leaves;
  }

  private static void collect(List<String> path, ConfigValue value, List<Leaf> leaves) {
    try {
      if (value.valueType() == ConfigValueType.OBJECT && !((ConfigObject) value).isEmpty()) {
        ((ConfigObject) value)
            .forEach(
                (name, child) -> {
                  List<String> longer = new ArrayList<>(path);
                  longer.add(name);
                  collect(List.copyOf(longer), child, leaves);
                });
      } else {
        leaves.add(new Leaf(path, value));
      }
    } catch (ConfigException.NotResolved e) {
      leaves.add(new Leaf(path, value));
    }
  }

  /** Whether the value is known; the library tells only by failing. */
  boolean isResolved() {
    try {
      return value.valueType() != ConfigValueType.OBJECT || ((ConfigObject) value).isEmpty();
    } catch (ConfigException.NotResolved e) {
      return false;
    }
  }

  /** The key as users write it. */
  String key() {
    return String.join(".", path);
  }

  /** The key with quotes where a name holds a dot. */
  String expression() {
    return ConfigUtil.joinPath(path);
  }
}
