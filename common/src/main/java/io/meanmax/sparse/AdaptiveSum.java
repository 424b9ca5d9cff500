package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.util.Arrays;

/**
 * Adds up what several workers changed of one vector, counting once what they all found (Adasum:
 * Maleki et al., Scaling Distributed Training with Adaptive Summation, MLSys 2021). Of two changes
 * a and b becomes
 *
 * <pre>(1 − a·b / 2|a|²) a + (1 − a·b / 2|b|²) b,</pre>
 *
 * their sum where they are orthogonal, their mean where they are the same. More are added up in
 * pairs, then pairs of pairs, in the order in which they were given. Not thread-safe.
 */
final class AdaptiveSum {
  private final VectorMath math;
  private final float[][] changes;
  private int count;

  /**
   * Sums of vectors of one length.
   *
   * @param most changes, at most
   * @param length of a vector, at least 1
   */
  AdaptiveSum(int most, int length, VectorMath math) {
    this.math = math;
    this.changes = new float[most][EmbeddingTable.padded(length)];
  }

  /** Room for one more change: all zeros, to be written to up to the vectors' length. */
  float[] next() {
    float[] change = changes[count++];
    Arrays.fill(change, 0);
    return change;
  }

  /** The sum of the changes since the last call, at least one; valid until the next change. */
  float[] take() {
    for (int apart = 1; apart < count; apart *= 2) {
      for (int i = 0; i + apart < count; i += 2 * apart) {
        addUp(changes[i], changes[i + apart]);
      }
    }
    count = 0;
    return changes[0];
  }

  /** Leaves the sum in a. */
  private void addUp(float[] a, float[] b) {
    float common = math.dot(a, 0, b, 0, a.length);
    float shareOfA = 1 - half(common, math.dot(a, 0, a, 0, a.length));
    float shareOfB = 1 - half(common, math.dot(b, 0, b, 0, a.length));
    for (int i = 0; i < a.length; i++) {
      a[i] = shareOfA * a[i] + shareOfB * b[i];
    }
  }

  /** a·b / 2|a|²; nothing of a vector that is 0 is to be left out. */
  private static float half(float common, float square) {
    return square < Float.MIN_NORMAL ? 0 : common / (2 * square);
  }
}
