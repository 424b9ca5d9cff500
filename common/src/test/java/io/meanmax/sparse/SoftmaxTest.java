package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanmax.embedding.EmbeddingTable;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxTest {
  private static final int MOST_CLASSES = 1021;

  static Stream<VectorMath> maths() {
    return Stream.of(new ScalarMath(), MathSelection.SELECTED);
  }

  /** Logits in an array with room for whole vectors, and what an earlier example left behind. */
  private static float[] room(float... logits) {
    float[] x = new float[EmbeddingTable.padded(logits.length)];
    Arrays.fill(x, 123);
    System.arraycopy(logits, 0, x, 0, logits.length);
    return x;
  }

  @ParameterizedTest
  @MethodSource("maths")
  void softmax_ofAnyNumberOfClasses_isThatOfDoubles(VectorMath math) {
    Random random = new Random(1);
    for (int count = 1; count <= MOST_CLASSES; count++) {
      float[] logits = Vectors.random(random, count);
      for (int i = 0; i < count; i++) {
        logits[i] *= 1 + count % 20;
      }
      assertSoftmax(math, logits);
    }
  }

  private static void assertSoftmax(VectorMath math, float... logits) {
    double largest = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    float[] x = room(logits);
    math.softmax(x, logits.length);
    for (int i = 0; i < logits.length; i++) {
      double expected = Math.exp(logits[i] - largest) / sum;
      if (Math.abs(x[i] - expected) > 1e-7 + 1e-5 * expected) {
        assertThat((double) x[i]).isEqualTo(expected, within(1e-7 + 1e-5 * expected));
      }
    }
    for (int i = logits.length; i < x.length; i++) {
      assertThat(x[i]).as("beyond the classes").isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("maths")
  void softmax_ofHugeLogits_staysFinite(VectorMath math) {
    assertSoftmax(math, 3e38f, -3e38f, 3e38f);
    assertSoftmax(math, -3e38f, -3e38f);
    assertSoftmax(math, 1e30f, 0, -1e30f, 5);
    assertSoftmax(math, 88, 89, -200, 0);
    assertSoftmax(math, Float.NEGATIVE_INFINITY, 0, 1);
  }

  @ParameterizedTest
  @MethodSource("maths")
  void softmax_ofEqualLogits_isUniform(VectorMath math) {
    for (int count : new int[] {1, 2, 7, 16, 17, 105, 1021}) {
      for (float logit : new float[] {0, -50, 1e20f}) {
        float[] logits = new float[count];
        Arrays.fill(logits, logit);
        float[] x = room(logits);
        math.softmax(x, count);
        for (int i = 0; i < count; i++) {
          assertThat(x[i]).isEqualTo(1f / count, within(1e-6f / count));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 16, 17, 33, 105, 1021})
  void softmax_withNaN_isNaN(int count) {
    maths()
        .forEach(
            math -> {
              for (int place : new int[] {0, count / 2, count - 1}) {
                for (float poison : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
                  float[] logits = Vectors.random(new Random(count), count);
                  logits[place] = poison;
                  float[] x = room(logits);
                  math.softmax(x, count);
                  for (int i = 0; i < count; i++) {
                    assertThat(x[i]).as("%s at %d of %d", poison, place, count).isNaN();
                  }
                }
              }
            });
  }

  @Test
  void softmax_ofBoth_agrees() {
    Random random = new Random(9);
    for (int count : new int[] {1, 2, 3, 15, 16, 17, 31, 105, 1000, 1021}) {
      float[] scalar = room(Vectors.random(random, count));
      float[] selected = scalar.clone();
      new ScalarMath().softmax(scalar, count);
      MathSelection.SELECTED.softmax(selected, count);
      Vectors.assertClose(selected, scalar, 1e-7 * Math.sqrt(count));
    }
  }
}
