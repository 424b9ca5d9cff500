package io.meanmax.job.cli;

import io.meanmax.config.InputConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.Settings;
import io.meanmax.config.TokenizerConfig;
import io.meanmax.job.tokenize.TokenizeJob;
import io.meanmax.job.tokenize.TokenizeResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tokenize}. */
@Command(name = "tokenize", description = "Splits labelled documents into tokens.")
final class TokenizeCommand extends JobCommand {
  @Mixin private InputOptions input;
  @Mixin private OutputOptions output;

  @Override
  Settings apply(Settings settings) {
    return output.apply(input.apply(settings));
  }

  @Override
  Work prepare(Settings settings) {
    InputConfig documents = InputConfig.from(settings);
    TokenizerConfig tokenizer = TokenizerConfig.from(settings);
    OutputConfig target = OutputConfig.from(settings);
    target.requiredPath();
    return (spark, out) -> {
      TokenizeResult result = new TokenizeJob(spark, documents, tokenizer, target).run();
      out.printf(
          "%,d documents, %,d tokens, %,d documents without a token, %,d rows rejected: %s%n",
          result.documents(),
          result.tokens(),
          result.emptyDocuments(),
          result.rejected(),
          result.path());
    };
  }
}
