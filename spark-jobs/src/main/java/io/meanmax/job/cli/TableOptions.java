package io.meanmax.job.cli;

import io.meanmax.config.Settings;
import picocli.CommandLine.Option;

/** The Hive table that a result goes to. */
final class TableOptions {
  @Option(
      names = "--output-table",
      paramLabel = "TABLE",
      description = "Hive table to write to, database.table (output.table).")
  private String table;

  @Option(
      names = "--output-partition",
      paramLabel = "PARTITION",
      description = {
        "Its partitions to write: day=2026-11-20, or day",
        "where rows bring the day (output.partition)."
      })
  private String partition;

  Settings apply(Settings settings) {
    return JobCommand.with(
        JobCommand.with(settings, "output.table", table), "output.partition", partition);
  }
}
