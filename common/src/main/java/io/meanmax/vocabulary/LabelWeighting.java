package io.meanmax.vocabulary;

/**
 * The weight of a training example by how often its label occurs, so that rare labels are not
 * drowned: {@code scale/√count} or {@code scale/count}.
 *
 * @param rule how the weight falls with the count
 * @param scale factor above 0, or {@link #NORMALIZED}: the scale at which the mean example weighs 1
 */
public record LabelWeighting(Rule rule, double scale) {
  /** The scale is chosen so that Σ count·weight = Σ count. */
  public static final double NORMALIZED = 0;

  /** How a label's weight falls with its count. */
  public enum Rule {
    /** {@code scale/√count}, as in the source article, whose scale is 5. */
    INVERSE_SQRT,
    /** {@code scale/count}. */
    INVERSE,
    /** Every example weighs 1, whatever the scale. */
    NONE
  }

  public LabelWeighting {
    if (!(scale >= 0) || Double.isInfinite(scale)) {
      throw new IllegalArgumentException("Label weight scale must be above 0: " + scale);
    }
  }

  /**
   * The weight of each label.
   *
   * @param counts examples of each label, each at least 1
   * @return as many weights, each above 0
   * @throws IllegalArgumentException if a count is below 1
   */
  public double[] weights(long[] counts) {
    double[] weights = new double[counts.length];
    double examples = 0;
    double weighted = 0;
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] < 1) {
        throw new IllegalArgumentException(
            "Label %d cannot be weighted by its count %d".formatted(label, counts[label]));
      }
      weights[label] = unscaled(counts[label]);
      examples += counts[label];
      weighted += counts[label] * weights[label];
    }
    double factor = rule == Rule.NONE ? 1 : scale == NORMALIZED ? examples / weighted : scale;
    for (int label = 0; label < counts.length; label++) {
      weights[label] *= factor;
    }
    return weights;
  }

  private double unscaled(long count) {
    return switch (rule) {
      case INVERSE_SQRT -> 1 / Math.sqrt((double) count);
      case INVERSE -> 1.0 / count;
      case NONE -> 1;
    };
  }
}
