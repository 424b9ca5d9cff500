package io.meanmax.job.cli;

import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.ModelRegistry;
import io.meanmax.config.InputConfig;
import io.meanmax.config.ModelConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.evaluate.EvaluateJob;
import io.meanmax.job.evaluate.EvaluateResult;
import java.io.PrintWriter;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}. */
@Command(name = "evaluate", description = "Measures a model on labelled documents.")
final class EvaluateCommand extends JobCommand {
  @Mixin private InputOptions input;
  @Mixin private ModelOptions model;
  @Mixin private OutputOptions output;

  @Option(
      names = "--with-current",
      description = {
        "Measure the live version on the same documents, too,",
        "if there is another one: for 'models gate'."
      })
  private boolean withCurrent;

  @Override
  Settings apply(Settings settings) {
    return output.apply(model.apply(input.apply(settings)));
  }

  @Override
  Work prepare(Settings settings) {
    InputConfig documents = InputConfig.from(settings);
    ModelConfig which = ModelConfig.from(settings);
    OutputConfig given = OutputConfig.from(settings);
    OutputConfig target =
        given.path() != null
            ? given
            : new OutputConfig(which.workFolder() + "/" + EvaluateJob.STAGE, true, null);
    return (spark, out) -> {
      EvaluateResult result =
          new EvaluateJob(
                  spark,
                  ModelOptions.open(spark.sparkContext().hadoopConfiguration(), which),
                  documents,
                  target)
              .run();
      out.println(result.metrics().toText());
      out.println(result.metrics().confusionText());
      out.printf("%,d rows rejected%n", result.rejected());
      out.printf("model: %s%n", result.modelPath());
      if (withCurrent) {
        live(spark, which).ifPresent(live -> print(measured(spark, live, documents, target), out));
      }
    };
  }

  /** The live version, if it is not the one that was asked for. */
  private static Optional<Bundle> live(SparkSession spark, ModelConfig which) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    ModelRegistry registry = new ModelRegistry(hadoop, new Path(which.path()));
    String asked = registry.resolve(which.name(), which.version());
    return registry
        .current(which.name())
        .filter(live -> !live.equals(asked))
        .map(live -> registry.open(which.name(), live));
  }

  private static EvaluateResult measured(
      SparkSession spark, Bundle live, InputConfig documents, OutputConfig beside) {
    OutputConfig target =
        new OutputConfig(beside.path() + "-" + ModelRegistry.CURRENT, beside.overwrite(), null);
    return new EvaluateJob(spark, live, documents, target).run();
  }

  private static void print(EvaluateResult live, PrintWriter out) {
    out.printf(
        "live model: %s: accuracy %.4f, macro F1 %.4f%n",
        live.modelPath(), live.metrics().accuracy(), live.metrics().macroF1());
  }
}
