package io.meanmax.job.cli;

import io.meanmax.config.Settings;
import picocli.CommandLine.Option;

/** Which model. */
final class ModelNameOptions {
  @Option(
      names = "--models",
      paramLabel = "PATH",
      description = "Folder of all models (models.path).")
  private String models;

  @Option(names = "--name", paramLabel = "NAME", description = "The model (models.name).")
  private String name;

  Settings apply(Settings settings) {
    return JobCommand.with(JobCommand.with(settings, "models.path", models), "models.name", name);
  }
}
