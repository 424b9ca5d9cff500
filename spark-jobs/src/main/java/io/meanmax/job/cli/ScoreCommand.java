package io.meanmax.job.cli;

import io.meanmax.config.InputConfig;
import io.meanmax.config.ModelConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.ScoreConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.score.ScoreJob;
import io.meanmax.job.score.ScoreResult;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code score}. */
@Command(name = "score", description = "Writes the likeliest labels of documents.")
final class ScoreCommand extends JobCommand {
  @Mixin private InputOptions input;
  @Mixin private ModelOptions model;
  @Mixin private OutputOptions output;
  @Mixin private TableOptions table;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How many labels a document gets (score.top).")
  private Integer top;

  @Option(
      names = "--keep-columns",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns of the documents' table to write, too (score.keep-columns).")
  private List<String> keepColumns;

  @Override
  Settings apply(Settings settings) {
    Settings with = table.apply(output.apply(model.apply(input.apply(settings))));
    return with(with(with, "score.top", top), "score.keep-columns", keepColumns);
  }

  @Override
  Work prepare(Settings settings) {
    InputConfig documents = InputConfig.from(settings);
    ScoreConfig score = ScoreConfig.from(settings);
    ModelConfig which = ModelConfig.from(settings);
    OutputConfig target =
        OutputConfig.from(settings).orBesideTable(which.workFolder(), ScoreJob.STAGE);
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
}
