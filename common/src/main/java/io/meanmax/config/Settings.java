package io.meanmax.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * The merged settings of a run: {@code reference.conf} ← a user's file ← {@code key=value}
 * overrides, later ones first. Keys are checked against the reference when this is made; values
 * when a record reads them. Immutable.
 */
public final class Settings {
  private static final String REFERENCE = "reference.conf";
  private static final Config DEFAULTS = reference();
  private static final KnownKeys KNOWN = new KnownKeys(DEFAULTS);

  private static final String NOT_BLANK = "a text that is not blank";

  private final Config config;

  private Settings(Config config) {
    this.config = config;
  }

  /** The defaults alone. */
  public static Settings defaults() {
    return new Settings(DEFAULTS);
  }

  /**
   * Reads settings.
   *
   * @param file a HOCON file, or null for none
   * @param overrides {@code key=value} lines; numbers, {@code [lists]}, {@code {objects}} and
   *     {@code "quoted texts"} are read as HOCON, any other value is text as it stands
   * @throws ConfigurationException for a missing or malformed file, a malformed override, an
   *     unknown key
   */
  public static Settings read(Path file, List<String> overrides) {
    Config own = file == null ? ConfigFactory.empty() : parseFile(file);
    return of(own, overrides.stream().map(Overrides::parse).toList());
  }

  /** Settings with one more override of a higher rank, a plain value (string, number, list). */
  public Settings with(String key, Object value) {
    Config override =
        ConfigFactory.empty()
            .withValue(key, ConfigValueFactory.fromAnyRef(value, "option for " + key));
    KNOWN.check(override);
    return new Settings(SparkKeys.merge(config, List.of(override)));
  }

  /** The file is checked before anything hides part of it, and again once all is substituted. */
  private static Settings of(Config file, List<Config> overrides) {
    KNOWN.check(file);
    overrides.forEach(KNOWN::check);
    Config own = file;
    for (Config override : overrides) {
      own = override.withoutPath(SparkKeys.GROUP).withFallback(own);
    }
    try {
      Config resolved = own.withFallback(DEFAULTS).resolve();
      KNOWN.check(resolved);
      return new Settings(SparkKeys.merge(resolved, overrides));
    } catch (ConfigException e) {
      throw new ConfigurationException("Cannot resolve the configuration: " + e.getMessage(), e);
    }
  }

  private static Config reference() {
    return ConfigFactory.parseResources(
            Settings.class,
            REFERENCE,
            ConfigParseOptions.defaults()
                .setSyntax(ConfigSyntax.CONF)
                .setOriginDescription(REFERENCE)
                .setAllowMissing(false))
        .resolve();
  }

  private static Config parseFile(Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new ConfigurationException("Configuration file not found or not readable: " + file);
    }
    try {
      return ConfigFactory.parseFile(
          file.toFile(),
          ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false));
    } catch (ConfigException e) {
      throw unparsable(file, e);
    }
  }

  /** The library's message repeats what it stumbled on, which may be half a password. */
  private static ConfigurationException unparsable(Path file, ConfigException cause) {
    String said = cause.getMessage();
    try {
      if (Secrets.isNamedIn(Files.readString(file))) {
        String where = cause.origin() == null ? file.toString() : cause.origin().description();
        return new ConfigurationException(
            ("Cannot parse the configuration at %s: look for a bracket, a quote or a comma that is"
                    + " missing there or before. The file holds secrets, so nothing of it is shown")
                .formatted(where));
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return new ConfigurationException("Cannot parse the configuration: " + said, cause);
  }

  /** The value as text, or null where the key is null. */
  String textOrNull(String key) {
    return config.getIsNull(key) ? null : text(key);
  }

  /** The value as text, not blank. */
  String text(String key) {
    String text = textAsItStands(key);
    if (text.isBlank()) {
      throw wrong(key, NOT_BLANK, null);
    }
    return text;
  }

  /** The value as text, which may be blank: a delimiter may be a space. */
  String textAsItStands(String key) {
    try {
      return config.getString(key);
    } catch (ConfigException e) {
      throw wrong(key, NOT_BLANK, e);
    }
  }

  /** One of an enum's constants, written as in {@link #nameOf}. */
  <E extends Enum<E>> E choice(String key, Class<E> type) {
    return choice(key, type, List.of());
  }

  private <E extends Enum<E>> E choice(String key, Class<E> type, List<String> alsoAllowed) {
    String text = config.getIsNull(key) ? null : textAsItStands(key);
    for (E constant : type.getEnumConstants()) {
      if (nameOf(constant).equals(text)) {
        return constant;
      }
    }
    List<String> names = new ArrayList<>(alsoAllowed);
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
    String allowed = "a whole number from %d to %d".formatted(least, most);
    long value;
    try {
      value = exactly(config.getString(key));
    } catch (ConfigException | ArithmeticException | NumberFormatException e) {
      throw wrong(key, allowed, e);
    }
    if (value < least || value > most) {
      throw wrong(key, allowed, null);
    }
    return value;
  }

  /** The whole number, never rounded: {@code Config.getLong} makes 2 of 2.5. */
  private static long exactly(String text) {
    return new BigDecimal(text).longValueExact();
  }

  int integer(String key, int least, int most) {
    return (int) integer(key, (long) least, (long) most);
  }

  private boolean isAuto(String key) {
    return "auto".equals(value(key).unwrapped());
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
      throw wrong(key, "auto or " + range(least, most), e);
    }
  }

  /** One of an enum's constants, or nothing for the word {@code auto}. */
  <E extends Enum<E>> Optional<E> choiceOrAuto(String key, Class<E> type) {
    return isAuto(key) ? Optional.empty() : Optional.of(choice(key, type, List.of("auto")));
  }

  double number(String key, double least, double most) {
    double value;
    try {
      value = config.getDouble(key);
    } catch (ConfigException e) {
      throw wrong(key, range(least, most), e);
    }
    if (!(value >= least && value <= most)) {
      throw wrong(key, range(least, most), null);
    }
    return value;
  }

  private static String range(double least, double most) {
    return least == Double.MIN_NORMAL
        ? "a number above 0, at most " + plain(most)
        : "a number from " + plain(least) + " to " + plain(most);
  }

  private static String plain(double bound) {
    return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
  }

  boolean flag(String key) {
    try {
      return config.getBoolean(key);
    } catch (ConfigException e) {
      throw wrong(key, "true or false", e);
    }
  }

  List<Integer> integers(String key, IntPredicate allowed, String rule) {
    List<Integer> values = new ArrayList<>();
    try {
      for (String text : config.getStringList(key)) {
        values.add(Math.toIntExact(exactly(text)));
      }
    } catch (ConfigException | ArithmeticException | NumberFormatException e) {
      throw wrong(key, rule, e);
    }
    if (!values.stream().allMatch(allowed::test)) {
      throw wrong(key, rule, null);
    }
    return List.copyOf(values);
  }

  /** A list of names, none of them blank or there twice. */
  List<String> names(String key) {
    String allowed = "a list of names, for instance [day], each once";
    List<String> names;
    try {
      names = List.copyOf(config.getStringList(key));
    } catch (ConfigException e) {
      throw wrong(key, allowed, e);
    }
    if (names.stream().anyMatch(String::isBlank)
        || names.size()
            != names.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().count()) {
      throw wrong(key, allowed, null);
    }
    return names;
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
      throw wrong(
          key,
          "a list of objects like { name = lowercase }, their values texts, numbers, true or false",
          e);
    }
  }

  /** An object as a map from name to text. */
  Map<String, String> object(String key) {
    try {
      return texts(config.getConfig(key));
    } catch (ConfigException e) {
      throw wrong(
          key, "an object like { name = standard }, its values texts, numbers, true or false", e);
    }
  }

  private static Map<String, String> texts(Config object) {
    Map<String, String> texts = new TreeMap<>();
    for (String name : object.root().keySet()) {
      texts.put(name, object.getString(ConfigUtil.joinPath(name)));
    }
    return texts;
  }

  /** The {@code spark.*} settings, full key to value. */
  public Map<String, String> sparkSettings() {
    Map<String, String> settings = new TreeMap<>();
    config
        .getObject(SparkKeys.GROUP)
        .forEach((key, value) -> settings.put("spark." + key, (String) value.unwrapped()));
    return settings;
  }

  /** Whether Spark needs its catalog of Hive tables. */
  public boolean readsOrWritesTables() {
    return Stream.of(
            "input.table", "input.query", "input.test-table", "input.test-query", "output.table")
        .anyMatch(key -> textOrNull(key) != null);
  }

  /**
   * Everything as JSON, keys sorted, for a manifest or a fingerprint. Secrets, which {@code
   * spark.*} may hold, are written as {@code ***}.
   */
  public String toJson() {
    return Secrets.redact(config, KNOWN).root().render(ConfigRenderOptions.concise());
  }

  ConfigurationException wrong(String key, String allowed, Throwable cause) {
    return new ConfigurationException(
        "%s must be %s; found %s".formatted(key, allowed, found(key)), cause);
  }

  /** The value of a key and where it stands. */
  String found(String key) {
    ConfigValue value = value(key);
    return "%s (%s)"
        .formatted(
            Secrets.hide(value.render(ConfigRenderOptions.concise())),
            value.origin().description());
  }

  /** The value of a known key; unlike {@code Config.getValue}, also one that is null. */
  private ConfigValue value(String key) {
    ConfigValue value = config.root();
    for (String name : ConfigUtil.splitPath(key)) {
      value = ((ConfigObject) value).get(name);
    }
    return value;
  }
}
