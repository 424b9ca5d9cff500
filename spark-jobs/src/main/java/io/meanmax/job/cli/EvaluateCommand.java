package io.meanmax.job.cli;

import io.meanmax.config.InputConfig;
import io.meanmax.config.ModelConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.evaluate.EvaluateJob;
import io.meanmax.job.evaluate.EvaluateResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code evaluate}. */
@Command(name = "evaluate", description = "Measures a model on labelled documents.")
final class EvaluateCommand extends JobCommand {
  @Mixin private InputOptions input;
  @Mixin private ModelOptions model;
  @Mixin private OutputOptions output;

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
    };
  }
}
