package io.meanmax.job.cli;

import io.meanmax.config.Settings;
import picocli.CommandLine.Option;

/** Where a result goes. */
final class OutputOptions {
  @Option(names = "--output", paramLabel = "PATH", description = "Where to write (output.path).")
  private String output;

  @Option(names = "--overwrite", description = "Replace an existing result (output.overwrite).")
  private Boolean overwrite;

  Settings apply(Settings settings) {
    return JobCommand.with(
        JobCommand.with(settings, "output.path", output), "output.overwrite", overwrite);
  }
}
