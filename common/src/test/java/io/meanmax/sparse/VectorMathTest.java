package io.meanmax.sparse;

import static io.meanmax.sparse.Vectors.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The loops over arrays: the scalar ones and those of this JVM against one another. */
class VectorMathTest {
  private static final VectorMath SCALAR = new ScalarMath();
  private static final VectorMath SELECTED = MathSelection.SELECTED;
  private static final double ULP = Math.ulp(1f);

  static IntStream lengths() {
    return IntStream.of(
        16, 32, 48, 64, 80, 96, 112, 128, 144, 160, 192, 240, 256, 320, 400, 512, 768, 1008, 1024,
        1536, 2048);
  }

  @Test
  void selected_isTheVectorApi_whereTheModuleIsThere() {
    assertThat(SELECTED.name()).startsWith("Vector API, ").endsWith(" bit");
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void dot_isTheSumOfProducts(int length) {
    Random random = new Random(length);
    float[] a = Vectors.random(random, length + 40);
    float[] b = Vectors.random(random, length + 40);
    for (int aOffset : new int[] {0, 12, 33}) {
      for (int bOffset : new int[] {0, 5, 28}) {
        double sum = 0;
        double size = 0;
        for (int i = 0; i < length; i++) {
          double product = (double) a[aOffset + i] * b[bOffset + i];
          sum += product;
          size += Math.abs(product);
        }
        double tolerance = ULP * Math.sqrt(length) * size;
        assertThat((double) SCALAR.dot(a, aOffset, b, bOffset, length))
            .isEqualTo(sum, within(tolerance));
        assertThat((double) SELECTED.dot(a, aOffset, b, bOffset, length))
            .isEqualTo(sum, within(tolerance));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void axpy_addsAMultiple_andLeavesTheRestAlone(int length) {
    Random random = new Random(length);
    float[] x = Vectors.random(random, length + 20);
    float[] y = Vectors.random(random, length + 40);
    float[] expected = y.clone();
    for (int i = 0; i < length; i++) {
      expected[17 + i] = (float) (y[17 + i] - 1.7 * x[3 + i]);
    }
    for (VectorMath math : new VectorMath[] {SCALAR, SELECTED}) {
      float[] actual = y.clone();
      math.axpy(-1.7f, x, 3, actual, 17, length);
      assertClose(actual, expected, 4 * ULP);
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void compareChanges_isTheProductAndTheSquaresOfDifferences(int length) {
    Random random = new Random(length);
    float[] a = Vectors.random(random, length + 20);
    float[] b = Vectors.random(random, length + 20);
    float[] old = Vectors.random(random, length + 20);
    double[] expected = new double[3];
    for (int i = 0; i < length; i++) {
      double x = (double) a[5 + i] - old[5 + i];
      double y = (double) b[5 + i] - old[5 + i];
      expected[0] += x * y;
      expected[1] += x * x;
      expected[2] += y * y;
    }
    double tolerance = 4 * ULP * Math.sqrt(length) * (expected[1] + expected[2]);
    for (VectorMath math : new VectorMath[] {SCALAR, SELECTED}) {
      float[] products = {9, 9, 9};
      math.compareChanges(a, b, old, 5, length, products);
      for (int i = 0; i < 3; i++) {
        assertThat((double) products[i]).isEqualTo(expected[i], within(tolerance));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void mergeChanges_givesAllThreeTheSame_andLeavesTheRestAlone(int length) {
    Random random = new Random(length);
    float[] a = Vectors.random(random, length + 20);
    float[] b = Vectors.random(random, length + 20);
    float[] old = Vectors.random(random, length + 20);
    float[][] expected = {a.clone(), b.clone(), old.clone()};
    for (int i = 0; i < length; i++) {
      double before = old[5 + i];
      float merged = (float) (b[5 + i] + 0.7 * (a[5 + i] - before) - 0.2 * (b[5 + i] - before));
      for (float[] row : expected) {
        row[5 + i] = merged;
      }
    }
    for (VectorMath math : new VectorMath[] {SCALAR, SELECTED}) {
      float[][] actual = {a.clone(), b.clone(), old.clone()};
      math.mergeChanges(0.7f, actual[0], -0.2f, actual[1], actual[2], 5, length);
      for (int array = 0; array < 3; array++) {
        assertClose(actual[array], expected[array], 8 * ULP);
      }
    }
  }

  /** So that a layer which one thread alone changes is not rounded at each exchange. */
  @Test
  void mergeChanges_leavesWhatNobodyElseChanged_bitForBit() {
    Random random = new Random(1);
    float[] b = Vectors.random(random, 64);
    float[] old = Vectors.random(random, 64);
    for (VectorMath math : new VectorMath[] {SCALAR, SELECTED}) {
      float[] a = old.clone();
      float[] shared = b.clone();
      float[] agreed = old.clone();
      math.mergeChanges(1, a, 0, shared, agreed, 0, 64);
      assertThat(shared).containsExactly(b);
      assertThat(a).containsExactly(b);
      assertThat(agreed).containsExactly(b);
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void adam_movesByTheCorrectedMoments(int length) {
    Random random = new Random(length);
    float[] g = Vectors.random(random, length);
    float[] w = Vectors.random(random, length + 20);
    float[] m = Vectors.random(random, length + 20);
    float[] v = Vectors.positive(random, length + 20);
    // No gradient and no moments, as in the padding: the weight must stay.
    g[length - 1] = 0;
    m[3 + length - 1] = 0;
    v[4 + length - 1] = 0;
    float[][] expected = {w.clone(), m.clone(), v.clone()};
    for (int i = 0; i < length; i++) {
      double gradient = 0.7 * g[i];
      double first = 0.9 * m[3 + i] + 0.1 * gradient;
      double second = 0.999 * v[4 + i] + 0.001 * gradient * gradient;
      expected[0][2 + i] = (float) (w[2 + i] - 0.02 * first / (Math.sqrt(second) * 1.5 + 1e-8));
      expected[1][3 + i] = (float) first;
      expected[2][4 + i] = (float) second;
    }
    for (VectorMath math : new VectorMath[] {SCALAR, SELECTED}) {
      float[][] actual = {w.clone(), m.clone(), v.clone()};
      math.adam(0.02f, 1.5f, 0.7f, g, actual[0], 2, actual[1], 3, actual[2], 4, length);
      assertClose(actual[0], expected[0], 8 * ULP);
      assertClose(actual[1], expected[1], 8 * ULP);
      assertClose(actual[2], expected[2], 8 * ULP);
      assertThat(actual[0][2 + length - 1]).isEqualTo(w[2 + length - 1]);
    }
  }
}
