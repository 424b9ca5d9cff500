package io.meanmax.job.cli;

import io.meanmax.bundle.Bundle;
import io.meanmax.config.ModelConfig;
import io.meanmax.config.Settings;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** Which model. */
final class ModelOptions {
  @Option(
      names = "--models",
      paramLabel = "PATH",
      description = "Folder of all models (models.path).")
  private String models;

  @Option(names = "--name", paramLabel = "NAME", description = "The model (models.name).")
  private String name;

  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      description =
          "A version, or current, the default; in train and run, the name of the new version"
              + " (models.version).")
  private String version;

  Settings apply(Settings settings) {
    Settings with = JobCommand.with(settings, "models.path", models);
    return JobCommand.with(JobCommand.with(with, "models.name", name), "models.version", version);
  }

  static Bundle open(Configuration hadoop, ModelConfig model) {
    return Bundle.open(hadoop, new Path(model.path()), model.requiredName(), model.version());
  }
}
