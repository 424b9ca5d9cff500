package io.meanmax.job.train;

import io.meanmax.metric.ClassificationMetrics;
import io.meanmax.network.NetworkParameters;
import java.util.Optional;

/**
 * The best epoch so far: of the highest validation accuracy, then of the lowest validation loss;
 * the last one where nothing is held back for validation. Not thread-safe.
 */
final class BestEpoch {
  private final int patience;
  private NetworkParameters parameters;
  private ClassificationMetrics validation;
  private int epoch;
  private int epochsWithoutGain;

  /**
   * Nothing seen yet.
   *
   * @param patience epochs without a better accuracy before {@link #isExhausted}; 0: never
   */
  BestEpoch(int patience) {
    this.patience = patience;
  }

  /** An epoch without validation replaces what there was. */
  void add(int number, NetworkParameters now) {
    epoch = number;
    parameters = now;
  }

  /** An epoch with its validation metrics. */
  void add(int number, NetworkParameters now, ClassificationMetrics metrics) {
    boolean gained = validation == null || metrics.accuracy() > validation.accuracy();
    epochsWithoutGain = gained ? 0 : epochsWithoutGain + 1;
    if (gained || isSharper(metrics)) {
      validation = metrics;
      add(number, now);
    }
  }

  /**
   * Goes on from a checkpoint.
   *
   * @param metrics of the best epoch, or null where nothing is held back for validation
   */
  void restore(Checkpoint checkpoint, ClassificationMetrics metrics) {
    add(checkpoint.bestEpoch(), checkpoint.best());
    validation = metrics;
    epochsWithoutGain = checkpoint.epochsWithoutGain();
  }

  /** What there is to know of it after so many epochs. */
  Checkpoint checkpoint(int epochs) {
    return new Checkpoint(epochs, epoch, epochsWithoutGain, parameters);
  }

  private boolean isSharper(ClassificationMetrics metrics) {
    return metrics.accuracy() == validation.accuracy()
        && metrics.logLoss().orElse(Double.MAX_VALUE)
            < validation.logLoss().orElse(Double.MAX_VALUE);
  }

  boolean isExhausted() {
    return patience > 0 && epochsWithoutGain >= patience;
  }

  int epoch() {
    return epoch;
  }

  NetworkParameters parameters() {
    return parameters;
  }

  Optional<ClassificationMetrics> validation() {
    return Optional.ofNullable(validation);
  }
}
