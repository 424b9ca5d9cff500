package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FastExpTest {
  /** As its Javadoc promises. */
  private static final double RELATIVE = 2e-7;

  /** Prime, so that all patterns of the last bits are met. */
  private static final int STEP = 997;

  private static void assertExp(float x) {
    double expected = Math.exp(x);
    double actual = FastExp.exp(x);
    if (!(Math.abs(actual - expected) <= RELATIVE * expected)) {
      assertThat(actual).as("exp(%s)", x).isEqualTo(expected, within(RELATIVE * expected));
    }
  }

  @Test
  void exp_overItsWholeRange_keepsItsErrorBound() {
    int largest = Float.floatToIntBits(FastExp.LARGEST);
    for (int bits = 0; bits <= largest; bits += STEP) {
      assertExp(Float.intBitsToFloat(bits));
    }
    int smallest = Float.floatToIntBits(-FastExp.SMALLEST);
    for (int bits = 0; bits <= smallest; bits += STEP) {
      assertExp(-Float.intBitsToFloat(bits));
    }
  }

  @Test
  void exp_aroundHalvesOfLn2_keepsItsErrorBound() {
    for (int n = -252; n <= 255; n++) {
      float x = (float) (n * Math.log(2) / 2);
      for (int ulps = -20; ulps <= 20; ulps++) {
        float near = x + ulps * Math.ulp(x);
        if (near >= FastExp.SMALLEST && near <= FastExp.LARGEST) {
          assertExp(near);
        }
      }
    }
  }

  @Test
  void exp_atTheEnds_keepsItsErrorBound() {
    assertExp(FastExp.SMALLEST);
    assertExp(Math.nextUp(FastExp.SMALLEST));
    assertExp(FastExp.LARGEST);
    assertExp(Math.nextDown(FastExp.LARGEST));
    assertThat(FastExp.exp(0)).isEqualTo(1);
    assertThat(FastExp.exp(-0f)).isEqualTo(1);
  }

  @Test
  void exp_beyondItsRange_vanishesBelow_staysFiniteAbove_andKeepsNaN() {
    assertThat(FastExp.exp(Math.nextDown(FastExp.SMALLEST))).isZero();
    assertThat(FastExp.exp(-1e30f)).isZero();
    assertThat(FastExp.exp(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(FastExp.exp(89)).isEqualTo(FastExp.exp(FastExp.LARGEST)).isFinite();
    assertThat(FastExp.exp(Float.POSITIVE_INFINITY)).isEqualTo(FastExp.exp(FastExp.LARGEST));
    assertThat(FastExp.exp(Float.NaN)).isNaN();
  }

  @Test
  void tanh_isCloseToThatOfDoubles() {
    int largest = Float.floatToIntBits(100);
    for (int bits = 0; bits <= largest; bits += STEP) {
      float x = Float.intBitsToFloat(bits);
      for (float signed : new float[] {x, -x}) {
        double expected = Math.tanh(signed);
        if (!(Math.abs(FastExp.tanh(signed) - expected) <= RELATIVE)) {
          assertThat((double) FastExp.tanh(signed)).as("tanh(%s)", signed).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void tanh_ofHugeValues_isOne_andKeepsNaN() {
    assertThat(FastExp.tanh(Float.MAX_VALUE)).isEqualTo(1);
    assertThat(FastExp.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(FastExp.tanh(-Float.MAX_VALUE)).isEqualTo(-1);
    assertThat(FastExp.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(FastExp.tanh(0)).isZero();
    assertThat(FastExp.tanh(Float.NaN)).isNaN();
  }
}
