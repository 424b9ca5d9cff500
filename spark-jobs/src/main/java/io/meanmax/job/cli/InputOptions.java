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
      names = "--format",
      paramLabel = "FORMAT",
      description = "auto, fasttext, csv, json, parquet, orc (input.format).")
  private String format;

  Settings apply(Settings settings) {
    return JobCommand.with(JobCommand.with(settings, "input.path", input), "input.format", format);
  }
}
