package io.meanmax.job.cli;

import io.meanmax.config.Settings;
import io.meanmax.job.run.RunConfig;
import io.meanmax.job.run.RunJob;
import io.meanmax.job.run.RunResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}. */
@Command(
    name = "run",
    description = {
      "Everything: tokenize, vocabulary, encode, train, evaluate, score, embeddings.",
      "A stage whose inputs and settings have not changed is skipped."
    })
final class RunCommand extends JobCommand {
  private static final int SHOWN_CHARACTERS = 60;

  @Mixin private InputOptions input;

  @Option(
      names = "--test",
      paramLabel = "PATH",
      description = "Documents to evaluate and score (input.test).")
  private String test;

  @Option(
      names = "--test-table",
      paramLabel = "TABLE",
      description = "The same, a Hive table (input.test-table).")
  private String testTable;

  @Option(
      names = "--test-partition",
      paramLabel = "PARTITION",
      description = "Of that table, only this: day=2026-11-20 (input.test-partition).")
  private String testPartition;

  @Option(
      names = "--test-query",
      paramLabel = "SQL",
      description = "The same, the rows of a query (input.test-query).")
  private String testQuery;

  @Mixin private ModelOptions model;

  @Mixin private PublishOptions publish;

  @Option(
      names = "--output",
      paramLabel = "PATH",
      description = "Folder of all stages; without one, <models>/<name>/_work (output.path).")
  private String output;

  @Override
  Settings apply(Settings settings) {
    Settings with = with(publish.apply(model.apply(input.apply(settings))), "input.test", test);
    with = with(with, "input.test-table", testTable);
    with = with(with, "input.test-partition", testPartition);
    with = with(with, "input.test-query", testQuery);
    return with(with, "output.path", output);
  }

  @Override
  Work prepare(Settings settings) {
    RunConfig config = RunConfig.from(settings);
    return (spark, out) -> {
      RunResult result = new RunJob(spark, config).run();
      result
          .test()
          .ifPresent(
              metrics -> {
                out.println(metrics.toText());
                out.println(metrics.confusionText());
              });
      result.examples().forEach(example -> print(example, out));
      out.printf("model:       %s%n", result.modelPath());
      out.printf("predictions: %s%n", result.predictions());
      out.printf("vectors:     %s%n", result.vectors());
    };
  }

  private static void print(RunResult.Example example, PrintWriter out) {
    String predictions =
        example.predictions().stream()
            .map(
                prediction ->
                    String.format(
                        Locale.ROOT, "%s %.3f", prediction.name(), prediction.probability()))
            .collect(Collectors.joining(", "));
    String label = example.label() == null ? "" : " (labelled " + example.label() + ")";
    out.printf("%s%s: %s%n", predictions, label, shorten(example.text()));
  }

  private static String shorten(String text) {
    return text.codePointCount(0, text.length()) <= SHOWN_CHARACTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "…";
  }
}
