package io.meanmax.metric;

import java.io.Serializable;

/**
 * A sum of doubles that does not depend on the order of its terms: each term is rounded to a whole
 * multiple of 2<sup>-24</sup> and added as a long.
 *
 * <p>Floating-point addition is not associative, so a plain double would differ with the
 * partitioning. One term is off by at most 2<sup>-25</sup> ≈ 3e-8, about what the rounding of a
 * float probability costs anyway; for terms up to 16 there is room for 3.4e10 of them, and an
 * overflow is an error, never a wrapped sum. Not thread-safe.
 */
final class FixedPointSum implements Serializable {

  private static final double SCALE = 1 << 24;

  private long scaled;

  /**
   * Adds one term.
   *
   * @throws ArithmeticException if the sum no longer fits
   */
  void add(double term) {
    scaled = Math.addExact(scaled, Math.round(term * SCALE));
  }

  void merge(FixedPointSum other) {
    scaled = Math.addExact(scaled, other.scaled);
  }

  double value() {
    return scaled / SCALE;
  }
}
