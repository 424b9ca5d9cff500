package io.meanmax.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ClassificationAccumulatorErrorsTest {

  private static final float[] FINE = {.5f, .3f, .2f};

  private final ClassificationAccumulator accumulator =
      new ClassificationAccumulator(3, List.of(1, 5));

  @Test
  void new_oneClass_throws() {
    assertRefused(
        () -> new ClassificationAccumulator(1, List.of(1)),
        "Metrics need at least 2 classes, found 1");
  }

  @Test
  void new_cutoffZero_throws() {
    assertRefused(
        () -> new ClassificationAccumulator(3, List.of(1, 0)),
        "P@k and R@k need k of at least 1, found [1, 0]");
  }

  @Test
  void add_labelOutOfRange_throws() {
    assertRefused(() -> accumulator.add(3, FINE), "Label id 3 is not between 0 and 2");
    assertRefused(
        () -> accumulator.addRanked(3, new int[] {0, 1, 2}), "Label id 3 is not between 0 and 2");
  }

  @Test
  void add_otherLength_throws() {
    assertRefused(
        () -> accumulator.add(0, new float[2]),
        "Expected one probability for each of 3 classes, found 2");
  }

  @Test
  void add_noProbability_throwsAndCountsNothing() {
    String rule = ", not between 0 and 1; the model or its input is broken";
    assertRefused(
        () -> accumulator.add(0, new float[] {.5f, Float.NaN, 0}),
        "The probability of label id 1 is NaN" + rule);
    assertRefused(
        () -> accumulator.addUnseen("新", new float[] {Float.NaN, 1, 0}),
        "The probability of label id 0 is NaN" + rule);
    assertRefused(
        () -> accumulator.add(0, new float[] {0, 0, 1.1f}),
        "The probability of label id 2 is 1.1" + rule);
    assertRefused(
        () -> accumulator.add(0, new float[] {-.1f, 0, 0}),
        "The probability of label id 0 is -0.1" + rule);
    assertThat(accumulator.result(List.of("a", "b", "c")))
        .isEqualTo(new ClassificationAccumulator(3, List.of(5, 1)).result(List.of("a", "b", "c")));
  }

  @Test
  void add_roundedAboveOne_taken() {
    accumulator.add(0, new float[] {1.000001f, 0, 0});
    ClassificationMetrics metrics = accumulator.result(List.of("a", "b", "c"));
    assertThat(metrics.logLoss()).hasValue(0);
    assertThat(metrics.calibrationError()).hasValue(0);
  }

  @Test
  void addRanked_badRanking_throws() {
    assertRefused(
        () -> accumulator.addRanked(0, new int[] {0, 1}),
        "Expected at least the 3 best label ids, found 2");
    assertRefused(
        () -> accumulator.addRanked(0, new int[] {0, 1, 3}),
        "Ranked label id 3 is not between 0 and 2");
    assertRefused(
        () -> accumulator.addUnseenRanked("新", new int[] {0, 1, 0}),
        "Label id 0 is ranked twice in [0, 1, 0]");
  }

  @Test
  void addUnseen_blank_throws() {
    assertRefused(
        () -> accumulator.addUnseen(" ", FINE),
        "A label unseen in training needs a name that is not blank");
  }

  @Test
  void merge_otherShape_throws() {
    assertRefused(
        () -> accumulator.merge(new ClassificationAccumulator(4, List.of(1, 3, 5))),
        "Cannot merge metrics of 3 classes at k [1, 5] with metrics of 4 classes at k [1, 3, 5]");
    assertRefused(() -> accumulator.merge(accumulator), "Cannot merge metrics with themselves");
  }

  @Test
  void result_badNames_throws() {
    accumulator.addUnseen("b", FINE);
    assertRefused(
        () -> accumulator.result(List.of("a")), "Expected the names of 3 classes, found 1");
    assertRefused(() -> accumulator.result(List.of("a", "c", "c")), "Two classes are named 'c'");
    assertRefused(
        () -> accumulator.result(List.of("a", "b", "c")),
        "Label 'b' was counted as unseen, but the model knows it");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
