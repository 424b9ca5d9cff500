package io.meanmax.job.cli;

import io.meanmax.bundle.Bundle;
import io.meanmax.config.CheckpointConfig;
import io.meanmax.config.ModelConfig;
import io.meanmax.config.NetworkConfig;
import io.meanmax.config.Settings;
import io.meanmax.config.TrainConfig;
import io.meanmax.job.train.TrainJob;
import io.meanmax.job.train.TrainResult;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}. */
@Command(
    name = "train",
    description = "Fits the network and publishes the best epoch as a new model version.")
final class TrainCommand extends JobCommand {
  @Option(
      names = "--encoded",
      paramLabel = "PATH",
      required = true,
      description = "Output of encode.")
  private String encoded;

  @Option(
      names = "--vocabulary",
      paramLabel = "PATH",
      required = true,
      description = "Output of vocabulary.")
  private String vocabulary;

  @Mixin private ModelOptions model;

  @Mixin private PublishOptions publish;

  @Override
  Settings apply(Settings settings) {
    return publish.apply(model.apply(settings));
  }

  @Override
  Work prepare(Settings settings) {
    NetworkConfig network = NetworkConfig.from(settings);
    TrainConfig train = TrainConfig.from(settings);
    CheckpointConfig checkpoints = CheckpointConfig.from(settings);
    ModelConfig target = ModelConfig.from(settings);
    target.requiredName();
    return (spark, out) -> {
      TrainJob job =
          new TrainJob(spark, encoded, vocabulary, network, train, checkpoints, target, settings);
      Optional<Bundle> before =
          target.namedVersion().isPresent() ? job.publishedBefore() : Optional.empty();
      if (before.isPresent()) {
        out.printf(
            "%s version %s was made of the same data and settings before: %s%n",
            target.name(), target.version(), before.get().path());
        return;
      }
      TrainResult result = job.run();
      out.printf(
          "%s version %s, epoch %d of %d%s: %s%n",
          result.model(),
          result.version(),
          result.bestEpoch(),
          result.epochs(),
          result
              .validation()
              .map(metrics -> ", validation accuracy %.4f".formatted(metrics.accuracy()))
              .orElse(""),
          result.path());
    };
  }
}
