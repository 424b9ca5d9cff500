package io.meanmax.metric;

import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts of rows by the rank of their true label, from which P@k and R@k follow.
 *
 * <p>Only ranks that some k can ask for are kept; rows whose label ranks deeper, or nowhere, count
 * as examples alone. Not thread-safe.
 */
final class RankCounts implements Serializable {

  /** The k of the headline top-k accuracy, counted whatever else is asked for. */
  static final int HEADLINE = 3;

  private final int classes;
  private final TreeSet<Integer> cutoffs;
  private final long[] rows;
  private long examples;

  RankCounts(int classes, List<Integer> cutoffs) {
    this.classes = classes;
    this.cutoffs = new TreeSet<>(cutoffs);
    if (!cutoffs.isEmpty() && this.cutoffs.first() < 1) {
      throw new IllegalArgumentException("P@k and R@k need k of at least 1, found " + cutoffs);
    }
    int deepest = cutoffs.isEmpty() ? HEADLINE : Math.max(HEADLINE, this.cutoffs.last());
    this.rows = new long[Math.min(classes, deepest)];
  }

  /** The number of ranks that matter. */
  int depth() {
    return rows.length;
  }

  long examples() {
    return examples;
  }

  void add(int trueRank) {
    if (trueRank < rows.length) {
      rows[trueRank]++;
    }
    examples++;
  }

  void merge(RankCounts other) {
    if (!shape().equals(other.shape())) {
      throw new IllegalArgumentException(
          "Cannot merge metrics of %s with metrics of %s".formatted(shape(), other.shape()));
    }
    for (int rank = 0; rank < rows.length; rank++) {
      rows[rank] += other.rows[rank];
    }
    examples += other.examples;
  }

  /** The part of the examples whose true label is among the best {@code k}. */
  double accuracy(int k) {
    return ClassTally.ratio(hits(k), examples);
  }

  /** P@k for each k wanted: hits by predictions made. */
  SortedMap<Integer, Double> precisionAt() {
    SortedMap<Integer, Double> precision = new TreeMap<>();
    // A model of 3 classes makes 3 predictions when asked for 5.
    for (int k : cutoffs) {
      precision.put(k, ClassTally.ratio(hits(k), examples * Math.min(k, classes)));
    }
    return precision;
  }

  /** R@k for each k wanted: hits by true labels, of which each example has one. */
  SortedMap<Integer, Double> recallAt() {
    SortedMap<Integer, Double> recall = new TreeMap<>();
    for (int k : cutoffs) {
      recall.put(k, accuracy(k));
    }
    return recall;
  }

  private long hits(int k) {
    long hits = 0;
    for (int rank = 0; rank < Math.min(k, rows.length); rank++) {
      hits += rows[rank];
    }
    return hits;
  }

  private String shape() {
    return classes + " classes at k " + cutoffs;
  }
}
