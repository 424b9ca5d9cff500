package io.meanmax.job.cli;

import io.meanmax.config.EncodeConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.encode.EncodeJob;
import io.meanmax.job.encode.EncodeResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code encode}. */
@Command(name = "encode", description = "Turns tokens and labels into ids and weights.")
final class EncodeCommand extends JobCommand {
  @Option(
      names = "--tokens",
      paramLabel = "PATH",
      required = true,
      description = "Output of tokenize.")
  private String tokens;

  @Option(
      names = "--vocabulary",
      paramLabel = "PATH",
      required = true,
      description = "Output of vocabulary.")
  private String vocabulary;

  @Mixin private OutputOptions output;

  @Override
  Settings apply(Settings settings) {
    return output.apply(settings);
  }

  @Override
  Work prepare(Settings settings) {
    EncodeConfig config = EncodeConfig.from(settings);
    OutputConfig target = OutputConfig.from(settings);
    target.requiredPath();
    return (spark, out) -> {
      EncodeResult result = new EncodeJob(spark, tokens, vocabulary, config, target).run();
      out.printf(
          "%,d examples, %,d words; %,d tokens cut from %,d examples, %,d without a known token:"
              + " %s%n",
          result.examples(),
          result.words(),
          result.cutTokens(),
          result.truncatedExamples(),
          result.unknownExamples(),
          result.path());
    };
  }
}
