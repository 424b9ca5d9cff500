package io.meanmax.job.cli;

import io.meanmax.config.GenerateConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.generate.GenerateJob;
import io.meanmax.job.generate.GenerateResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code generate}. */
@Command(
    name = "generate",
    description = "Generates a synthetic corpus: users' words, labelled with their age.")
final class GenerateCommand extends JobCommand {
  @Mixin private OutputOptions output;

  @Option(
      names = "--documents",
      paramLabel = "N",
      description = "How many documents (generate.documents).")
  private Long documents;

  @Option(
      names = "--first-document",
      paramLabel = "N",
      description =
          "Number of the first one, for more of the same corpus (generate.first-document).")
  private Long firstDocument;

  @Option(
      names = "--vocabulary-size",
      paramLabel = "N",
      description = "How many different words (generate.vocabulary-size).")
  private Integer vocabularySize;

  @Option(names = "--seed", paramLabel = "N", description = "Any integer (generate.seed).")
  private Long seed;

  @Override
  Settings apply(Settings settings) {
    Settings with = with(output.apply(settings), "generate.documents", documents);
    with = with(with, "generate.first-document", firstDocument);
    return with(with(with, "generate.vocabulary-size", vocabularySize), "generate.seed", seed);
  }

  @Override
  Work prepare(Settings settings) {
    GenerateConfig config = GenerateConfig.from(settings);
    OutputConfig target = OutputConfig.from(settings);
    target.requiredPath();
    return (spark, out) -> {
      GenerateResult result = new GenerateJob(spark, config, target).run();
      out.printf("%,d documents in %s%n", result.documents(), result.path());
    };
  }
}
