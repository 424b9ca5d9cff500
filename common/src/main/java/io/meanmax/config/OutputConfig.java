package io.meanmax.config;

/**
 * Where a stage writes.
 *
 * @param path folder on any Hadoop file system, or null
 * @param overwrite whether an existing result may be replaced
 * @param table Hive table to write to instead, or null
 */
public record OutputConfig(String path, boolean overwrite, String table) {

  /** Reads {@code output.*}. */
  public static OutputConfig from(Settings settings) {
    return new OutputConfig(
        settings.textOrNull("output.path"),
        settings.flag("output.overwrite"),
        settings.textOrNull("output.table"));
  }

  /**
   * The path, which must be given.
   *
   * @throws ConfigurationException if there is none
   */
  public String requiredPath() {
    if (path == null) {
      throw new ConfigurationException("Say where to write: output.path (--output)");
    }
    return path;
  }
}
