package io.meanmax.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.vocabulary.LabelWeighting.Rule;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelWeightingTest {
  private static final long[] COUNTS = {1, 4, 25};
  private static final Offset<Double> CLOSE = Offset.offset(1e-12);

  private static double[] weights(Rule rule, double scale, long... counts) {
    return new LabelWeighting(rule, scale).weights(counts);
  }

  @Test
  void inverseSqrt_withTheScaleOfTheArticle_isFiveOverTheRoot() {
    assertThat(weights(Rule.INVERSE_SQRT, 5, COUNTS))
        .containsExactly(new double[] {5, 2.5, 1}, CLOSE);
  }

  @Test
  void inverseSqrt_normalised_hasMeanOne() {
    // Σ count/√count = 1 + 2 + 5 = 8, so the scale is 30/8 = 3.75.
    assertThat(weights(Rule.INVERSE_SQRT, LabelWeighting.NORMALIZED, COUNTS))
        .containsExactly(new double[] {3.75, 1.875, 0.75}, CLOSE);
  }

  @Test
  void inverse_isTheScaleOverTheCount() {
    assertThat(weights(Rule.INVERSE, 5, COUNTS))
        .containsExactly(new double[] {5, 1.25, 0.2}, CLOSE);
  }

  @Test
  void inverse_normalised_givesEachLabelTheSameSum() {
    // Each of the 3 labels weighs 30/3 = 10 in all.
    assertThat(weights(Rule.INVERSE, LabelWeighting.NORMALIZED, COUNTS))
        .containsExactly(new double[] {10, 2.5, 0.4}, CLOSE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {LabelWeighting.NORMALIZED, 5, 0.1})
  void none_isOneWhateverTheScale(double scale) {
    assertThat(weights(Rule.NONE, scale, COUNTS)).containsExactly(1, 1, 1);
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void normalised_ofAnyCounts_keepsTheirSum(Rule rule) {
    Random random = new Random(3);
    for (int labels : new int[] {1, 2, 7, 1021}) {
      long[] counts = random.longs(labels, 1, 1L << random.nextInt(2, 40)).toArray();
      double[] weights = weights(rule, LabelWeighting.NORMALIZED, counts);
      double examples = 0;
      double weighted = 0;
      for (int label = 0; label < labels; label++) {
        assertThat(weights[label]).isPositive().isFinite();
        examples += counts[label];
        weighted += counts[label] * weights[label];
      }
      assertThat(weighted).isCloseTo(examples, Percentage.withPercentage(1e-9));
    }
  }

  @Test
  void weights_ofNoLabels_areNone() {
    assertThat(weights(Rule.INVERSE, LabelWeighting.NORMALIZED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -3})
  void weights_ofACountBelowOne_areRefused(long count) {
    assertThatThrownBy(() -> weights(Rule.INVERSE_SQRT, 5, 3, count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Label 1 cannot be weighted by its count " + count);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void scale_thatIsNoPositiveNumber_isRefused(double scale) {
    assertThatThrownBy(() -> new LabelWeighting(Rule.INVERSE, scale))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Label weight scale must be above 0: " + scale);
  }
}
