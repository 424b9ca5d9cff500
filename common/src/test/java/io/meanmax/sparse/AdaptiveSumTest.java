package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveSumTest {
  private static float[] sum(int length, List<float[]> changes) {
    return sum(new AdaptiveSum(changes.size(), length, new ScalarMath()), changes);
  }

  private static float[] sum(AdaptiveSum sum, List<float[]> changes) {
    for (float[] change : changes) {
      System.arraycopy(change, 0, sum.next(), 0, change.length);
    }
    return sum.take();
  }

  @Test
  void orthogonalChanges_addUp() {
    assertThat(sum(2, List.of(new float[] {3, 0}, new float[] {0, -5}))).startsWith(3, -5);
  }

  @Test
  void changeThatAllMade_countsOnce() {
    float[] change = {1, -2, 3};
    for (int workers = 1; workers <= 8; workers *= 2) {
      List<float[]> changes = new ArrayList<>();
      for (int worker = 0; worker < workers; worker++) {
        changes.add(change);
      }
      assertThat(sum(3, changes)).as("%d workers", workers).startsWith(change);
    }
  }

  @Test
  void twoChanges_asThePaperHasIt() {
    // a·b = 3, |a|² = 1, |b|² = 25: (1 − 3/2)·(1, 0) + (1 − 3/50)·(3, 4)
    float[] sum = sum(2, List.of(new float[] {1, 0}, new float[] {3, 4}));
    assertThat(sum[0]).isEqualTo(-0.5f + 0.94f * 3, within(1e-6f));
    assertThat(sum[1]).isEqualTo(0.94f * 4, within(1e-6f));
  }

  @Test
  void nothing_leavesTheOthersAsTheyAre_alsoWhereSquaresVanish() {
    float[] tiny = {1e-30f, 0};
    assertThat(sum(2, List.of(new float[] {0, 0}, new float[] {3, 4}))).startsWith(3, 4);
    assertThat(sum(2, List.of(new float[] {3, 4}, tiny, new float[] {0, 0}))).startsWith(3, 4);
    assertThat(sum(2, List.of(tiny, new float[] {0, 0}))).startsWith(1e-30f, 0);
  }

  @Test
  void nextSum_knowsNothingOfTheLast() {
    AdaptiveSum sum = new AdaptiveSum(3, 2, new ScalarMath());
    sum(sum, List.of(new float[] {1, 2}, new float[] {3, 4}, new float[] {5, 6}));
    assertThat(sum(sum, List.of(new float[] {7, 0}))).startsWith(7, 0);
  }

  /** Pairs of pairs, recursively and in doubles. */
  private static double[] plain(List<float[]> changes) {
    if (changes.size() == 1) {
      double[] alone = new double[changes.get(0).length];
      for (int i = 0; i < alone.length; i++) {
        alone[i] = changes.get(0)[i];
      }
      return alone;
    }
    int half = Integer.highestOneBit(changes.size() - 1);
    double[] a = plain(changes.subList(0, half));
    double[] b = plain(changes.subList(half, changes.size()));
    double common = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      common += a[i] * b[i];
      squareA += a[i] * a[i];
      squareB += b[i] * b[i];
    }
    double[] sum = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      sum[i] = (1 - common / (2 * squareA)) * a[i] + (1 - common / (2 * squareB)) * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 17", "5, 80", "7, 16", "8, 100", "13, 31", "64, 300"})
  void sum_isThatOfASecondImplementation(int workers, int length) {
    Random random = new Random(workers);
    List<float[]> changes = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      float[] change = new float[length];
      for (int i = 0; i < length; i++) {
        change[i] = 0.3f + (float) random.nextGaussian();
      }
      changes.add(change);
    }
    double[] expected = plain(changes);
    AdaptiveSum selected = new AdaptiveSum(workers, length, MathSelection.SELECTED);
    for (float[] sum : List.of(sum(length, changes), sum(selected, changes))) {
      for (int i = 0; i < length; i++) {
        assertThat((double) sum[i]).isEqualTo(expected[i], within(1e-3));
      }
    }
  }
}
