package io.meanmax.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FixedPointSumTest {

  @Test
  void value_termsThatPlainDoublesLose_sameInAnyOrder() {
    FixedPointSum ascending = new FixedPointSum();
    FixedPointSum descending = new FixedPointSum();
    for (int i = 1; i <= 1021; i++) {
      ascending.add(1.0 / i);
      descending.add(1.0 / (1022 - i));
    }
    assertThat(ascending.value()).isEqualTo(descending.value());
    double harmonic = 0;
    for (int i = 1; i <= 1021; i++) {
      harmonic += 1.0 / i;
    }
    assertThat(ascending.value()).isCloseTo(harmonic, within(1021 * 3e-8));
  }

  @Test
  void add_moreThanFits_throws() {
    FixedPointSum sum = new FixedPointSum();
    sum.add(5e11);
    assertThatThrownBy(() -> sum.add(5e11)).isInstanceOf(ArithmeticException.class);
  }
}
