package io.meanmax.config;

/**
 * Where a stage writes.
 *
 * @param path folder on any Hadoop file system, or null
 * @param overwrite whether an existing result may be replaced
 * @param table Hive table to write to instead, or null
 */
public record OutputConfig(String path, boolean overwrite, TableTarget table) {

  /** Reads {@code output.*}. */
  public static OutputConfig from(Settings settings) {
    return new OutputConfig(
        settings.textOrNull("output.path"), settings.flag("output.overwrite"), table(settings));
  }

  private static TableTarget table(Settings settings) {
    String name = settings.textOrNull("output.table");
    PartitionSpec partition = PartitionSpec.from(settings, "output.partition");
    if (name == null && !partition.isEmpty()) {
      throw new ConfigurationException(
          "output.partition is %s, but output.table (--output-table) says no table"
              .formatted(settings.found("output.partition")));
    }
    return name == null ? null : new TableTarget(name, partition);
  }

  /**
   * This, where a table needs no folder of its own but its rejected rows do: {@code
   * <work>/<stage>-<table>} unless a path is given.
   *
   * @throws ConfigurationException if there is neither a path nor a table
   */
  public OutputConfig orBesideTable(String work, String stage) {
    if (path == null && table == null) {
      throw new ConfigurationException(
          "Say where to write: output.path (--output) or output.table (--output-table)");
    }
    return path != null
        ? this
        : new OutputConfig(work + "/" + stage + "-" + table.folderName(), overwrite, table);
  }

  /** The folder; with a table it holds only what the last run rejected, so it may be replaced. */
  public OutputConfig folder() {
    return new OutputConfig(path, overwrite || table != null, null);
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
