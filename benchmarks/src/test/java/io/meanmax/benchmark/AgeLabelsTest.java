package io.meanmax.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgeLabelsTest {

  @ParameterizedTest
  @ValueSource(ints = {10, 68, 105})
  void of_allAges_givesAsManyLabels(int labels) {
    Set<String> found = new HashSet<>();
    for (int age = 10; age <= 77; age++) {
      found.add(new AgeLabels(labels).of(age, 0));
      found.add(new AgeLabels(labels).of(age, 1));
    }
    assertThat(found).hasSize(labels);
  }

  @Test
  void new_otherCount_namesTheCounts() {
    assertThatThrownBy(() -> new AgeLabels(11))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The generated corpus has 10, 68 or 105 labels; found 11");
  }
}
