package io.meanmax.metric;

/**
 * The counts of one class from which its figures follow.
 *
 * @param hits rows of the class that were predicted as it
 * @param support rows of the class
 * @param predicted rows predicted as the class
 */
record ClassTally(long hits, long support, long predicted) {

  double precision() {
    return ratio(hits, predicted);
  }

  double recall() {
    return ratio(hits, support);
  }

  /**
   * The harmonic mean of precision and recall, from the counts: {@code 2·hits/(support+predicted)}.
   */
  double f1() {
    return ratio(2 * hits, support + predicted);
  }

  /** Whether the class stands in any true or predicted label. */
  boolean occurs() {
    return support + predicted > 0;
  }

  ClassMetrics named(String label) {
    return new ClassMetrics(label, precision(), recall(), f1(), support, predicted);
  }

  /** {@code part / whole}, and 0 of nothing, which is scikit-learn's {@code zero_division=0}. */
  static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
