package io.meanmax.job.cli;

import io.meanmax.config.ConfigurationException;
import io.meanmax.config.EmbeddingsConfig;
import io.meanmax.config.InputConfig;
import io.meanmax.config.ModelConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.embeddings.EmbeddingsJob;
import io.meanmax.job.embeddings.EmbeddingsResult;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code embeddings}. */
@Command(
    name = "embeddings",
    description = "Writes the vectors of words, and with --input those of documents.")
final class EmbeddingsCommand extends JobCommand {
  @Mixin private InputOptions input;
  @Mixin private ModelOptions model;
  @Mixin private OutputOptions output;
  @Mixin private TableOptions table;

  @Option(
      names = "--keep-columns",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns of the documents' table to write, too (embeddings.keep-columns).")
  private List<String> keepColumns;

  @Override
  Settings apply(Settings settings) {
    Settings with = table.apply(output.apply(model.apply(input.apply(settings))));
    return with(with, "embeddings.keep-columns", keepColumns);
  }

  @Override
  Work prepare(Settings settings) {
    Optional<InputConfig> documents = InputConfig.optional(settings);
    EmbeddingsConfig embeddings = EmbeddingsConfig.from(settings);
    if (!embeddings.words() && documents.isEmpty()) {
      throw new ConfigurationException(
          "embeddings.words is false and there are no documents (--input): nothing to write");
    }
    ModelConfig which = ModelConfig.from(settings);
    OutputConfig target =
        OutputConfig.from(settings).orBesideTable(which.workFolder(), EmbeddingsJob.STAGE);
    EmbeddingsJob.requireOneKind(embeddings, documents, target);
    return (spark, out) -> {
      EmbeddingsResult result =
          new EmbeddingsJob(
                  spark,
                  ModelOptions.open(spark.sparkContext().hadoopConfiguration(), which),
                  documents,
                  embeddings,
                  target)
              .run();
      out.printf(
          "%,d word vectors, %,d document vectors, %,d rows rejected: %s%n",
          result.words(), result.documents(), result.rejected(), result.path());
    };
  }
}
