package io.meanmax.job.cli;

import io.meanmax.config.Settings;
import picocli.CommandLine.Option;

/** How a new version is published. */
final class PublishOptions {
  @Option(
      names = "--keep-current",
      description = "Leave the live version as it is (models.set-current = false).")
  private boolean keepCurrent;

  @Option(
      names = "--overwrite",
      description = "Replace a version of the name given, unless it is live (output.overwrite).")
  private Boolean overwrite;

  Settings apply(Settings settings) {
    Settings with = JobCommand.with(settings, "output.overwrite", overwrite);
    return JobCommand.with(with, "models.set-current", keepCurrent ? false : null);
  }
}
