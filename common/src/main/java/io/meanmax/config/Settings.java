package io.meanmax.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * The merged settings of a run: {@code reference.conf} ← a user's file ← {@code key=value}
 * overrides, later ones first. Keys are checked against the reference when this is made; values
 * when a record reads them. Immutable.
 */
public final class Settings {
  private static final String REFERENCE = "reference.conf";

  /** Subtrees whose keys are not ours to know. */
  private static final List<String> OPEN = List.of("spark", "tokenizer.lucene");

  private final Config config;

  private Settings(Config config) {
    this.config = config;
  }

  /** The defaults alone. */
  public static Settings defaults() {
    return new Settings(reference());
  }

  /**
   * Reads settings.
   *
   * @param file a HOCON file, or null for none
   * @param overrides {@code key=value} lines; the value is HOCON too, so {@code train.epochs=5} and
   *     {@code network.dense=[30,30]} both work
   * @throws ConfigurationException for a missing or malformed file, a malformed override, an
   *     unknown key
   */
  public static Settings read(Path file, List<String> overrides) {
    Config own = file == null ? ConfigFactory.empty() : parseFile(file);
    for (String override : overrides) {
      own = parseOverride(override).withFallback(own);
    }
    return of(own);
  }

  /** Settings with one more override of a higher rank, a plain value (string, number, list). */
  public Settings with(String key, Object value) {
    Config override =
        ConfigFactory.empty()
            .withValue(key, ConfigValueFactory.fromAnyRef(value, "option for " + key));
    checkKeys(override);
    return new Settings(override.withFallback(config));
  }

  private static Settings of(Config own) {
    checkKeys(own);
    try {
      return new Settings(own.withFallback(reference()).resolve(ConfigResolveOptions.defaults()));
    } catch (ConfigException e) {
      throw new ConfigurationException("Cannot resolve the configuration: " + e.getMessage(), e);
    }
  }

  private static Config reference() {
    Config parsed =
        ConfigFactory.parseResources(
            Settings.class,
            REFERENCE,
            ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false));
    return parsed.resolve();
  }

  private static Config parseFile(Path file) {
    if (!Files.isReadable(file)) {
      throw new ConfigurationException("Configuration file not found or not readable: " + file);
    }
    try {
      return ConfigFactory.parseFile(
          file.toFile(),
          ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false));
    } catch (ConfigException e) {
      throw new ConfigurationException("Cannot parse the configuration: " + e.getMessage(), e);
    }
  }

  private static Config parseOverride(String override) {
    int equals = override.indexOf('=');
    if (equals < 1) {
      throw new ConfigurationException(
          "--set takes key=value, for instance train.epochs=5; found '" + override + "'");
    }
    String key = override.substring(0, equals).trim();
    String value = override.substring(equals + 1).trim();
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setSyntax(ConfigSyntax.CONF)
            .setOriginDescription("--set " + key);
    try {
      ConfigUtil.splitPath(key);
      return ConfigFactory.parseString(key + " = " + value, options);
    } catch (ConfigException e) {
      return plainText(key, value);
    }
  }

  /** A value that is no HOCON, such as {@code hdfs://host/path} or {@code $5}, is taken as text. */
  private static Config plainText(String key, String value) {
    try {
      return ConfigFactory.empty()
          .withValue(key, ConfigValueFactory.fromAnyRef(value, "--set " + key));
    } catch (ConfigException e) {
      throw new ConfigurationException("--set: '" + key + "' is not a key", e);
    }
  }

  private static void checkKeys(Config own) {
    Set<String> known = new TreeSet<>(leaves(reference()).keySet());
    leaves(own)
        .forEach(
            (key, value) -> {
              if (!known.contains(key) && !isOpen(key)) {
                throw new ConfigurationException(
                    "Unknown key '%s' (%s). Did you mean '%s'? conf/reference.conf lists every key."
                        .formatted(key, value.origin().description(), nearest(key, known)));
              }
            });
  }

  private static boolean isOpen(String key) {
    return OPEN.stream().anyMatch(open -> key.startsWith(open + "."));
  }

  private static String nearest(String key, Set<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    Comparator<String> byDistance =
        Comparator.comparingInt(
            candidate ->
                Math.min(
                    distance.apply(key, candidate),
                    1 + distance.apply(lastPart(key), lastPart(candidate))));
    return known.stream().min(byDistance).orElseThrow();
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** Every leaf, nulls and empty objects too, which {@link Config#entrySet} leaves out. */
  private static Map<String, ConfigValue> leaves(Config config) {
    Map<String, ConfigValue> leaves = new TreeMap<>();
    collect("", config.root(), leaves);
    return leaves;
  }

  private static void collect(
      String prefix, Map<String, ConfigValue> object, Map<String, ConfigValue> leaves) {
    object.forEach(
        (name, value) -> {
          String key = prefix + name;
          if (value instanceof com.typesafe.config.ConfigObject child && !child.isEmpty()) {
            collect(key + ".", child, leaves);
          } else {
            leaves.put(key, value);
          }
        });
  }

  /** The value as text, or null where the key is null. */
  String textOrNull(String key) {
    return config.getIsNull(key) ? null : text(key);
  }

  String text(String key) {
    try {
      return config.getString(key);
    } catch (ConfigException.Null e) {
      throw new ConfigurationException(key + " must be given; " + place(key), e);
    } catch (ConfigException.WrongType e) {
      throw wrong(key, "a text", e);
    }
  }

  /** One of an enum's constants, written as in {@link #nameOf}. */
  <E extends Enum<E>> E choice(String key, Class<E> type) {
    String text = text(key);
    for (E constant : type.getEnumConstants()) {
      if (nameOf(constant).equals(text)) {
        return constant;
      }
    }
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      names.add(nameOf(constant));
    }
    throw wrong(key, "one of " + String.join(", ", names), null);
  }

  /** The configuration's spelling of an enum constant: {@code INVERSE_SQRT} is inverse-sqrt. */
  public static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  long integer(String key, long least, long most) {
    long value;
    try {
      value = config.getLong(key);
    } catch (ConfigException e) {
      throw wrong(key, "a whole number from %d to %d".formatted(least, most), e);
    }
    if (value < least || value > most || config.getDouble(key) != value) {
      throw wrong(key, "a whole number from %d to %d".formatted(least, most), null);
    }
    return value;
  }

  int integer(String key, int least, int most) {
    return (int) integer(key, (long) least, (long) most);
  }

  private boolean isAuto(String key) {
    return config.getValue(key).valueType() == ConfigValueType.STRING
        && config.getString(key).equals("auto");
  }

  /** A whole number, or nothing for the word {@code auto}. */
  OptionalInt integerOrAuto(String key, int least, int most) {
    if (isAuto(key)) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(integer(key, least, most));
    } catch (ConfigurationException e) {
      throw wrong(key, "auto or a whole number from %d to %d".formatted(least, most), e);
    }
  }

  /** A number, or nothing for the word {@code auto}. */
  OptionalDouble numberOrAuto(String key, double least, double most) {
    if (isAuto(key)) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(number(key, least, most));
    } catch (ConfigurationException e) {
      throw wrong(key, "auto or a number from %s to %s".formatted(least, most), e);
    }
  }

  /** One of an enum's constants, or nothing for the word {@code auto}. */
  <E extends Enum<E>> Optional<E> choiceOrAuto(String key, Class<E> type) {
    return isAuto(key) ? Optional.empty() : Optional.of(choice(key, type));
  }

  double number(String key, double least, double most) {
    double value;
    try {
      value = config.getDouble(key);
    } catch (ConfigException e) {
      throw wrong(key, "a number from %s to %s".formatted(least, most), e);
    }
    if (!(value >= least && value <= most)) {
      throw wrong(key, "a number from %s to %s".formatted(least, most), null);
    }
    return value;
  }

  boolean flag(String key) {
    try {
      return config.getBoolean(key);
    } catch (ConfigException e) {
      throw wrong(key, "true or false", e);
    }
  }

  List<Integer> integers(String key, IntPredicate allowed, String rule) {
    List<Integer> values;
    try {
      values = List.copyOf(config.getIntList(key));
    } catch (ConfigException e) {
      throw wrong(key, rule, e);
    }
    if (!values.stream().allMatch(allowed::test)) {
      throw wrong(key, rule, null);
    }
    return values;
  }

  /** A list of objects, each as a map from name to text. */
  List<Map<String, String>> objects(String key) {
    try {
      List<Map<String, String>> objects = new ArrayList<>();
      for (Config object : config.getConfigList(key)) {
        objects.add(texts(object));
      }
      return objects;
    } catch (ConfigException e) {
      throw wrong(key, "a list of objects like { name = lowercase }", e);
    }
  }

  /** An object as a map from name to text. */
  Map<String, String> object(String key) {
    try {
      return texts(config.getConfig(key));
    } catch (ConfigException e) {
      throw wrong(key, "an object like { name = standard }", e);
    }
  }

  private static Map<String, String> texts(Config object) {
    Map<String, String> texts = new TreeMap<>();
    object.root().forEach((name, value) -> texts.put(name, String.valueOf(value.unwrapped())));
    return texts;
  }

  /** The {@code spark.*} settings, full key to value. */
  public Map<String, String> sparkSettings() {
    Map<String, String> settings = new TreeMap<>();
    config
        .getConfig("spark")
        .entrySet()
        .forEach(
            entry ->
                settings.put(
                    "spark." + String.join(".", ConfigUtil.splitPath(entry.getKey())),
                    String.valueOf(entry.getValue().unwrapped())));
    return settings;
  }

  /** Whether Spark needs its catalog of Hive tables. */
  public boolean readsOrWritesTables() {
    return textOrNull("input.table") != null
        || textOrNull("input.query") != null
        || textOrNull("output.table") != null;
  }

  /** Everything as JSON, keys sorted, for a manifest or a fingerprint. */
  public String toJson() {
    return config.root().render(ConfigRenderOptions.concise());
  }

  ConfigurationException wrong(String key, String allowed, Throwable cause) {
    String value = config.hasPathOrNull(key) ? render(key) : "nothing";
    return new ConfigurationException(
        "%s must be %s; found %s (%s)".formatted(key, allowed, value, place(key)), cause);
  }

  private String render(String key) {
    return config.getIsNull(key)
        ? "null"
        : config.getValue(key).render(ConfigRenderOptions.concise());
  }

  private String place(String key) {
    return config.hasPath(key) ? config.getValue(key).origin().description() : "it has no value";
  }
}
