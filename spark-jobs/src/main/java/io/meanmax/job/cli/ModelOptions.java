package io.meanmax.job.cli;

import io.meanmax.bundle.Bundle;
import io.meanmax.config.ModelConfig;
import io.meanmax.config.Settings;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which version of a model. */
final class ModelOptions {
  @Mixin private ModelNameOptions model;

  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      description =
          "A version, or current, the default; in train and run, the name of the new version"
              + " (models.version).")
  private String version;

  Settings apply(Settings settings) {
    return JobCommand.with(model.apply(settings), "models.version", version);
  }

  static Bundle open(Configuration hadoop, ModelConfig model) {
    return Bundle.open(hadoop, new Path(model.path()), model.requiredName(), model.version());
  }
}
