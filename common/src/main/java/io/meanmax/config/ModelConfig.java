package io.meanmax.config;

import io.meanmax.bundle.ModelRegistry;
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
        settings.textOrNull("models.name"),
        settings.text("models.version"),
        settings.flag("models.set-current"),
        settings.flag("output.overwrite"));
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
