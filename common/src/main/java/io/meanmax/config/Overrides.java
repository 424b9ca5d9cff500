package io.meanmax.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code key=value} of {@code --set}. A value that is null, true, false or a number, or that
 * begins with a bracket, a brace or a quote, is HOCON; everything else is text as it stands, for
 * HOCON would end a path at {@code //} and an SQL query at its first comma.
 */
final class Overrides {
  private static final Pattern LITERAL =
      Pattern.compile("null|true|false|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  /** Spaces alone: a tab may be the value. */
  private static final Pattern SPACES = Pattern.compile("^ +| +$");

  private Overrides() {}

  /**
   * A source of one key.
   *
   * @throws ConfigurationException if there is no {@code =}, or no key before it
   */
  static Config parse(String override) {
    int equals = override.indexOf('=');
    if (equals < 1) {
      throw new ConfigurationException(
          "--set takes key=value, for instance train.epochs=5; found "
              + (Secrets.isNamedIn(override) ? "the name of a secret" : "'" + override + "'"));
    }
    String key = override.substring(0, equals).trim();
    ConfigValue value = value(SPACES.matcher(override.substring(equals + 1)).replaceAll(""));
    try {
      return nested(
          ConfigUtil.splitPath(key), value, ConfigOriginFactory.newSimple("--set " + key));
    } catch (ConfigException e) {
      throw new ConfigurationException("--set: '" + key + "' is not a key", e);
    }
  }

  /** As {@code Config.withValue}, but the objects in between say where they come from, too. */
  private static Config nested(List<String> path, ConfigValue value, ConfigOrigin origin) {
    if (path.isEmpty()) {
      return ((ConfigObject) value).toConfig();
    }
    int last = path.size() - 1;
    ConfigObject parent =
        ConfigFactory.empty().root().withValue(path.get(last), value.withOrigin(origin));
    return nested(path.subList(0, last), parent.withOrigin(origin), origin);
  }

  private static ConfigValue value(String text) {
    ConfigValue plain = ConfigValueFactory.fromAnyRef(text);
    if (!LITERAL.matcher(text).matches() && !text.matches("(?s)[\\[{\"].*")) {
      return plain;
    }
    try {
      Config parsed = ConfigFactory.parseString("value = " + text).resolve();
      return parsed.root().keySet().equals(Set.of("value")) ? parsed.root().get("value") : plain;
    } catch (ConfigException e) {
      return plain;
    }
  }
}
