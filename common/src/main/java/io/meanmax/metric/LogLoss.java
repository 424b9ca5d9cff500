package io.meanmax.metric;

import java.io.Serializable;

/** The summed negative log-likelihood of the true labels, in nats. Not thread-safe. */
final class LogLoss implements Serializable {

  /**
   * The least probability taken, 2<sup>-23</sup>, the spacing of floats at 1: a softmax in floats
   * cannot mean less, and one certain mistake must not make the mean infinite.
   */
  static final double FLOOR = Math.ulp(1f);

  private final FixedPointSum sum = new FixedPointSum();

  void add(float trueProbability) {
    // StrictMath gives the same bits on every machine of a cluster.
    sum.add(-StrictMath.log(Math.max(FLOOR, trueProbability)));
  }

  void merge(LogLoss other) {
    sum.merge(other.sum);
  }

  /** The sum over the rows added. */
  double value() {
    return sum.value();
  }
}
