package io.meanmax.job.cli;

import io.meanmax.config.ConfigurationException;
import io.meanmax.config.InputConfig;
import io.meanmax.config.ModelConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.ScoreConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.score.ScoreJob;
import io.meanmax.job.score.ScoreResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code score}. */
@Command(name = "score", description = "Writes the likeliest labels of documents.")
final class ScoreCommand extends JobCommand {
  @Mixin private InputOptions input;
  @Mixin private ModelOptions model;
  @Mixin private OutputOptions output;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How many labels a document gets (score.top).")
  private Integer top;

  @Override
  Settings apply(Settings settings) {
    return with(output.apply(model.apply(input.apply(settings))), "score.top", top);
  }

  @Override
  Work prepare(Settings settings) {
    InputConfig documents = InputConfig.from(settings);
    ScoreConfig score = ScoreConfig.from(settings);
    ModelConfig which = ModelConfig.from(settings);
    OutputConfig target = target(OutputConfig.from(settings), which);
    return (spark, out) -> {
      ScoreResult result =
          new ScoreJob(
                  spark,
                  ModelOptions.open(spark.sparkContext().hadoopConfiguration(), which),
                  documents,
                  score,
                  target)
              .run();
      out.printf(
          "%,d rows scored, %,d rejected: %s%n", result.rows(), result.rejected(), result.target());
    };
  }

  /** A table needs no folder of its own, but rejected rows do. */
  private static OutputConfig target(OutputConfig given, ModelConfig model) {
    if (given.path() != null) {
      return given;
    }
    if (given.table() == null) {
      throw new ConfigurationException(
          "Say where to write: output.path (--output) or output.table");
    }
    return new OutputConfig(
        model.workFolder() + "/" + ScoreJob.STAGE + "-" + given.table(),
        given.overwrite(),
        given.table());
  }
}
