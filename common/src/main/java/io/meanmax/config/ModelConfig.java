package io.meanmax.config;

import io.meanmax.bundle.ModelRegistry;
import io.meanmax.bundle.Names;
import java.util.Optional;

/**
 * Which model: {@code <path>/<name>/<version>}.
 *
 * @param path folder of all models
 * @param name the model's name, or null where a command needs none
 * @param version a version, or {@code current}; for training, the name of the new version, which
 *     {@code current} leaves open
 * @param setCurrent whether training makes its version the live one
 * @param overwrite whether training may replace a version of that name
 */
public record ModelConfig(
    String path, String name, String version, boolean setCurrent, boolean overwrite) {

  /** Reads {@code models.*}. */
  public static ModelConfig from(Settings settings) {
    return new ModelConfig(
        settings.text("models.path"),
        usable(settings, "models.name", settings.textOrNull("models.name")),
        usable(settings, "models.version", settings.text("models.version")),
        settings.flag("models.set-current"),
        settings.flag("output.overwrite"));
  }

  private static String usable(Settings settings, String key, String name) {
    if (name != null && !Names.valid(name)) {
      throw settings.wrong(key, Names.RULE, null);
    }
    return name;
  }

  /** The version that is named, if it is not whichever is live. */
  public Optional<String> namedVersion() {
    return Optional.of(version).filter(named -> !named.equals(ModelRegistry.CURRENT));
  }

  /**
   * The name, which must be given.
   *
   * @throws ConfigurationException if there is none
   */
  public String requiredName() {
    if (name == null) {
      throw new ConfigurationException("Say which model: models.name (--name)");
    }
    return name;
  }

  /** Where what leads to the model is kept, unless another place is given. */
  public String workFolder() {
    return path + "/" + requiredName() + "/_work";
  }
}
