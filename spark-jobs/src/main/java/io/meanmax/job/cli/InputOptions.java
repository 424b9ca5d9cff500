package io.meanmax.job.cli;

import io.meanmax.config.Settings;
import picocli.CommandLine.Option;

/** Where documents come from. */
final class InputOptions {
  @Option(
      names = "--input",
      paramLabel = "PATH",
      description = "Documents: a file, folder or glob (input.path).")
  private String input;

  @Option(
      names = "--input-table",
      paramLabel = "TABLE",
      description = "Documents: a Hive table, database.table (input.table).")
  private String table;

  @Option(
      names = "--input-partition",
      paramLabel = "PARTITION",
      description = "Of the table, only this: day=2026-11-20 (input.partition).")
  private String partition;

  @Option(
      names = "--input-query",
      paramLabel = "SQL",
      description = "Documents: the rows of a query (input.query).")
  private String query;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "auto, fasttext, csv, json, parquet, orc (input.format).")
  private String format;

  Settings apply(Settings settings) {
    Settings with = JobCommand.with(settings, "input.path", input);
    with = JobCommand.with(with, "input.table", table);
    with = JobCommand.with(with, "input.partition", partition);
    with = JobCommand.with(with, "input.query", query);
    return JobCommand.with(with, "input.format", format);
  }
}
