package io.meanmax.benchmark;

import io.meanmax.encoding.EncodedExamples;
import java.util.Arrays;
import java.util.SplittableRandom;

/** How many different rows so many words of a corpus touch, its documents shuffled. */
final class TouchedRows {
  private static final int SAMPLES = 5;

  private final EncodedExamples examples;
  private final int[] order;
  private final int[] seen;
  private int sample;

  TouchedRows(EncodedExamples examples, int vocabularySize) {
    this.examples = examples;
    this.seen = new int[vocabularySize];
    this.order = new int[examples.size()];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  /**
   * The mean over some samples; of more words than the corpus has, all its rows, which is the most
   * that a longer corpus of the same vocabulary can touch.
   */
  double of(double words) {
    if (words >= examples.words()) {
      return rows(0, (double) examples.words()).length;
    }
    double sum = 0;
    for (int i = 0; i < SAMPLES; i++) {
      sum += rows((int) ((long) order.length * i / SAMPLES), words).length;
    }
    return sum / SAMPLES;
  }

  /** The rows that {@code words} words touch, counted from a document of the shuffled order. */
  int[] rows(int firstDocument, double words) {
    sample++;
    int[] rows = new int[seen.length];
    int count = 0;
    long left = Math.round(words);
    for (int i = firstDocument; left > 0; i = (i + 1) % order.length) {
      int[] ids = examples.ids(order[i]);
      int from = examples.start(order[i]);
      int to = from + (int) Math.min(left, examples.length(order[i]));
      left -= examples.length(order[i]);
      for (int at = from; at < to; at++) {
        if (seen[ids[at]] != sample) {
          seen[ids[at]] = sample;
          rows[count++] = ids[at];
        }
      }
    }
    int[] sorted = Arrays.copyOf(rows, count);
    Arrays.sort(sorted);
    return sorted;
  }
}
