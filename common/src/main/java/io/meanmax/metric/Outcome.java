package io.meanmax.metric;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What a model made of one row: its top label, and where the true label stands in its ranking.
 *
 * @param topLabel the id of the highest-ranked label
 * @param trueRank the 0-based rank of the true label, {@link #UNRANKED} if it has none
 * @param topProbability the probability of the top label in {@code [0, 1]}; NaN if only ranks are
 *     known
 * @param trueProbability the probability of the true label in {@code [0, 1]}, 0 for one unseen in
 *     training; NaN if only ranks are known
 */
record Outcome(int topLabel, int trueRank, float topProbability, float trueProbability) {

  static final int UNRANKED = Integer.MAX_VALUE;

  /** The true label id of a row whose label the model does not know. */
  static final int UNSEEN = -1;

  /** How far a softmax in floats may stand above 1. */
  private static final float TOLERANCE = 1e-5f;

  /** Ranks {@code probabilities} {@code [classes]} descending, ties by the lower label id. */
  static Outcome ofProbabilities(int trueLabel, float[] probabilities, int classes) {
    check(probabilities, classes);
    int top = 0;
    for (int label = 1; label < classes; label++) {
      if (probabilities[label] > probabilities[top]) {
        top = label;
      }
    }
    float topProbability = Math.min(1, probabilities[top]);
    if (trueLabel == UNSEEN) {
      return new Outcome(top, UNRANKED, topProbability, 0);
    }
    int rank = rank(trueLabel, probabilities);
    return new Outcome(top, rank, topProbability, Math.min(1, probabilities[trueLabel]));
  }

  /** Takes the ranking as given: {@code ranked} holds label ids, the best one first. */
  static Outcome ofRanks(int trueLabel, int[] ranked, int classes, int depth) {
    check(ranked, classes, depth);
    int trueRank = UNRANKED;
    for (int rank = 0; rank < ranked.length && trueLabel != UNSEEN; rank++) {
      if (ranked[rank] == trueLabel) {
        trueRank = rank;
      }
    }
    return new Outcome(ranked[0], trueRank, Float.NaN, Float.NaN);
  }

  boolean hasProbabilities() {
    return !Float.isNaN(topProbability);
  }

  private static int rank(int trueLabel, float[] probabilities) {
    float own = probabilities[trueLabel];
    int rank = 0;
    for (int label = 0; label < probabilities.length; label++) {
      if (probabilities[label] > own || (probabilities[label] == own && label < trueLabel)) {
        rank++;
      }
    }
    return rank;
  }

  private static void check(float[] probabilities, int classes) {
    if (probabilities.length != classes) {
      throw new IllegalArgumentException(
          "Expected one probability for each of "
              + classes
              + " classes, found "
              + probabilities.length);
    }
    for (int label = 0; label < classes; label++) {
      float probability = probabilities[label];
      // Written so that NaN, for which every comparison is false, is caught too.
      if (!(probability >= 0 && probability <= 1 + TOLERANCE)) {
        throw new IllegalArgumentException(
            "The probability of label id "
                + label
                + " is "
                + probability
                + ", not between 0 and 1; the model or its input is broken");
      }
    }
  }

  private static void check(int[] ranked, int classes, int depth) {
    if (ranked.length < depth) {
      throw new IllegalArgumentException(
          "Expected at least the " + depth + " best label ids, found " + ranked.length);
    }
    BitSet met = new BitSet(classes);
    for (int label : ranked) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "Ranked label id " + label + " is not between 0 and " + (classes - 1));
      }
      if (met.get(label)) {
        throw new IllegalArgumentException(
            "Label id " + label + " is ranked twice in " + Arrays.toString(ranked));
      }
      met.set(label);
    }
  }
}
