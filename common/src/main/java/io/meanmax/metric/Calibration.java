package io.meanmax.metric;

import java.io.Serializable;

/**
 * The expected calibration error as mergeable counts: rows, correct rows and summed confidence in
 * ten bins of equal width over the top probability.
 *
 * <p>Bin {@code b} holds confidences in {@code [b/10, (b+1)/10)}, the last one 1 as well. The error
 * is {@code Σ_b |correct_b - confidence_b| / n}: 0 when a model that says 0.8 is right four times
 * out of five. See Guo et al., "On Calibration of Modern Neural Networks" (2017). Not thread-safe.
 */
final class Calibration implements Serializable {

  private static final int BINS = 10;

  private final long[] correct = new long[BINS];
  private final FixedPointSum[] confidence = new FixedPointSum[BINS];
  private long examples;

  Calibration() {
    for (int bin = 0; bin < BINS; bin++) {
      confidence[bin] = new FixedPointSum();
    }
  }

  void addCorrect(float topProbability) {
    correct[bin(topProbability)]++;
    addWrong(topProbability);
  }

  void addWrong(float topProbability) {
    confidence[bin(topProbability)].add(topProbability);
    examples++;
  }

  void merge(Calibration other) {
    for (int bin = 0; bin < BINS; bin++) {
      correct[bin] += other.correct[bin];
      confidence[bin].merge(other.confidence[bin]);
    }
    examples += other.examples;
  }

  /** The rows added. */
  long examples() {
    return examples;
  }

  /** The expected calibration error in {@code [0, 1]}; NaN without rows. */
  double error() {
    double gaps = 0;
    for (int bin = 0; bin < BINS; bin++) {
      gaps += Math.abs(correct[bin] - confidence[bin].value());
    }
    return gaps / examples;
  }

  private static int bin(float probability) {
    // In float, so that 0.7f falls into the bin that starts at 0.7.
    return Math.min(BINS - 1, (int) (probability * BINS));
  }
}
