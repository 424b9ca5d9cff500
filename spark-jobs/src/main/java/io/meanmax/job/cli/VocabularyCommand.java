package io.meanmax.job.cli;

import io.meanmax.config.OutputConfig;
import io.meanmax.config.Settings;
import io.meanmax.config.VocabularyConfig;
import io.meanmax.job.vocabulary.VocabularyJob;
import io.meanmax.job.vocabulary.VocabularyResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vocabulary}. */
@Command(name = "vocabulary", description = "Counts tokens and labels and gives them ids.")
final class VocabularyCommand extends JobCommand {
  @Option(
      names = "--tokens",
      paramLabel = "PATH",
      required = true,
      description = "Output of tokenize.")
  private String tokens;

  @Mixin private OutputOptions output;

  @Override
  Settings apply(Settings settings) {
    return output.apply(settings);
  }

  @Override
  Work prepare(Settings settings) {
    VocabularyConfig config = VocabularyConfig.from(settings);
    OutputConfig target = OutputConfig.from(settings);
    target.requiredPath();
    return (spark, out) -> {
      VocabularyResult result = new VocabularyJob(spark, tokens, config, target).run();
      out.printf(
          "%,d tokens, %,d labels; %,d of %,d words have no id: %s%n",
          result.tokens(), result.labels(), result.unknownWords(), result.words(), result.path());
    };
  }
}
