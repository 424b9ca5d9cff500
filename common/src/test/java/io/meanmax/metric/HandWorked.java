package io.meanmax.metric;

import java.util.List;

/** Three classes and ten rows whose metrics fit on a sheet of paper; two rows are ties. */
final class HandWorked {

  static final List<String> LABELS = List.of("女性", "男性", "n/a");

  private static final int[] TRUE = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2};

  private static final float[][] PROBABILITIES = {
    {.7f, .2f, .1f},
    {.6f, .3f, .1f},
    {.2f, .5f, .3f},
    {.4f, .4f, .2f},
    {.1f, .8f, .1f},
    {.4f, .4f, .2f},
    {.1f, .6f, .3f},
    {.5f, .3f, .2f},
    {.1f, .2f, .7f},
    {.2f, .3f, .5f},
  };

  private HandWorked() {}

  static ClassificationAccumulator accumulator() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(3, List.of(1, 2, 3, 5));
    for (int row = 0; row < TRUE.length; row++) {
      accumulator.add(TRUE[row], PROBABILITIES[row]);
    }
    return accumulator;
  }

  static ClassificationMetrics metrics() {
    return accumulator().result(LABELS);
  }

  /** With an eleventh row, of a label unseen in training, predicted as the first class. */
  static ClassificationMetrics metricsWithUnseen() {
    ClassificationAccumulator accumulator = accumulator();
    accumulator.addUnseen("新しい", new float[] {.7f, .2f, .1f});
    return accumulator.result(LABELS);
  }
}
