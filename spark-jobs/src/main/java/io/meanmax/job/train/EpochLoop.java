package io.meanmax.job.train;

import io.meanmax.config.TrainConfig;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.JobGroup;
import io.meanmax.job.runtime.Progress;
import io.meanmax.job.runtime.StageMetrics;
import io.meanmax.metric.ClassificationMetrics;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.vocabulary.Labels;
import java.time.Duration;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Epoch after epoch: train, validate, tell, keep the best, stop early. */
final class EpochLoop {
  private final TrainConfig config;
  private final TrainingData data;
  private final Validation validation;
  private final Checkpoints checkpoints;
  private final JobGroup group;
  private final StageMetrics figures = StageMetrics.of(TrainJob.STAGE);
  private int epochs;

  EpochLoop(
      SparkSession spark,
      TrainConfig config,
      TrainingData data,
      Labels labels,
      Checkpoints checkpoints,
      JobGroup group) {
    this.config = config;
    this.checkpoints = checkpoints;
    this.data = data;
    this.validation =
        new Validation(
            JavaSparkContext.fromSparkContext(spark.sparkContext()), data.validation(), labels);
    this.group = group;
  }

  /** Epochs that were made, those before a restart among them. */
  int epochs() {
    return epochs;
  }

  /** Runs the trainer to the end, and closes it. */
  BestEpoch run(NetworkSpec spec, Trainer trainer) {
    BestEpoch best = new BestEpoch(config.patience());
    if (config.validationFraction() > 0 && data.counts().validationExamples() == 0) {
      Progress.say("too few examples to hold any back for validation: the last epoch will be kept");
    }
    try (trainer) {
      checkpoints.restore(spec, trainer).ifPresent(found -> goOn(found, best));
      while (epochs < config.epochs() && !best.isExhausted()) {
        String number = "epoch %d of %d".formatted(epochs + 1, config.epochs());
        group.now(number);
        long epochStarted = System.nanoTime();
        Pass pass = trainer.epoch(epochs);
        double seconds = (System.nanoTime() - epochStarted) / 1e9;
        epochs++;
        requireAll(pass);
        show(pass, seconds);
        NetworkParameters now = trainer.parameters();
        requireFinite(now);
        String accuracy = "";
        if (validates()) {
          group.now("validating " + number);
          ClassificationMetrics metrics = validation.metrics(now);
          figures.set(StageMetrics.Gauge.VALIDATION_ACCURACY, metrics.accuracy());
          best.add(epochs, now, metrics);
          accuracy = ", validation accuracy %.4f".formatted(metrics.accuracy());
        } else {
          best.add(epochs, now);
        }
        tell(pass.loss(), accuracy, seconds, epochStarted);
        checkpoints.save(best.checkpoint(epochs), trainer);
      }
    }
    if (epochs < config.epochs()) {
      Progress.say(
          "stopped after epoch %d: no better validation accuracy for %d epochs"
              .formatted(epochs, config.patience()));
    }
    return best;
  }

  private boolean validates() {
    return data.counts().validationExamples() > 0;
  }

  private void goOn(Checkpoint checkpoint, BestEpoch best) {
    epochs = checkpoint.epochs();
    // Counted again: the same parameters on the same documents.
    best.restore(checkpoint, validates() ? validation.metrics(checkpoint.best()) : null);
    Progress.say(
        "going on after epoch %d of %d, from a checkpoint".formatted(epochs, config.epochs()));
  }

  private void requireAll(Pass pass) {
    if (pass.examples() != data.counts().trainingExamples()) {
      throw new JobException(
          ("Epoch %d trained on %d examples where there are %d; nothing was published. Were the"
                  + " encoded examples replaced meanwhile? Train again")
              .formatted(epochs, pass.examples(), data.counts().trainingExamples()));
    }
  }

  /** A step's loss is that before its update, so the last update of all is seen only here. */
  private void requireFinite(NetworkParameters parameters) {
    if (!parameters.isFinite()) {
      throw new DivergedException(
          ("Training diverged in epoch %d: after its last step a parameter is not a number."
                  + " Lower train.learning-rate, or look for extreme weights")
              .formatted(epochs));
    }
  }

  private void show(Pass pass, double seconds) {
    figures.set(StageMetrics.Gauge.EPOCH, epochs);
    figures.set(StageMetrics.Gauge.LOSS, pass.loss());
    figures.set(StageMetrics.Gauge.WORDS_PER_SECOND, data.counts().trainingWords() / seconds);
    figures.add(StageMetrics.Counter.EXAMPLES, pass.examples());
    figures.add(StageMetrics.Counter.WORDS, data.counts().trainingWords());
  }

  /** The time left is that of epochs like the last; the first ones are slower. */
  private void tell(double loss, String accuracy, double seconds, long epochStarted) {
    double perEpoch = (System.nanoTime() - epochStarted) / 1e9;
    Progress.say(
        String.format(
            Locale.ROOT,
            "epoch %d/%d: loss %.4f%s, %,.0f words/s, %s left",
            epochs,
            config.epochs(),
            loss,
            accuracy,
            data.counts().trainingWords() / seconds,
            Progress.duration(
                Duration.ofSeconds(Math.round(perEpoch * (config.epochs() - epochs))))));
  }
}
