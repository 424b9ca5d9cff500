package io.meanmax.config;

/**
 * Which model: {@code <path>/<name>/<version>}.
 *
 * @param path folder of all models
 * @param name the model's name, or null where a command needs none
 * @param version a version, or {@code current}
 */
public record ModelConfig(String path, String name, String version) {

  /** Reads {@code models.*}. */
  public static ModelConfig from(Settings settings) {
    return new ModelConfig(
        settings.text("models.path"),
        settings.textOrNull("models.name"),
        settings.text("models.version"));
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
