package io.meanmax.sparse;

import io.meanmax.encoding.EncodedExamples;

/**
 * What one of the threads that train a model has to itself. The rows of words are shared by all;
 * the output layer, which every example writes, is a copy where {@link LayerCopies} help.
 */
final class TrainingThread {
  /**
   * Examples between two exchanges: from 8 on they cost a few percent, and with 16 threads that
   * exchange every 16 examples nothing is lost in accuracy (decision 22).
   */
  private static final int EXAMPLES_BETWEEN_EXCHANGES = 16;

  private final ExampleTrainer trainer;
  private final LayerCopies copies;

  private TrainingThread(ExampleTrainer trainer, LayerCopies copies) {
    this.trainer = trainer;
    this.copies = copies;
  }

  /** The only thread of a model. */
  static TrainingThread alone(SparseModel model) {
    return new TrainingThread(new ExampleTrainer(model), null);
  }

  /** One of several threads of a model. */
  static TrainingThread amongOthers(SparseModel model) {
    if (!LayerCopies.help(model)) {
      return alone(model);
    }
    LayerCopies copies = new LayerCopies(model);
    return new TrainingThread(
        new ExampleTrainer(model, copies.own(), MathSelection.SELECTED), copies);
  }

  /** Begins with the model as it stands, whoever changed it since the last stretch. */
  void begin() {
    if (copies != null) {
      copies.takeOver();
    }
  }

  /**
   * Trains on a block of examples; what was learnt is in the model then.
   *
   * @param order places → examples
   * @return the sum of their weighted losses
   */
  float train(EncodedExamples examples, int[] order, int from, int to, float rate) {
    float losses = 0;
    for (int place = from; place < to; place++) {
      int example = order[place];
      losses +=
          trainer.train(
              examples.ids(example),
              examples.start(example),
              examples.length(example),
              examples.label(example),
              examples.weight(example),
              rate);
      boolean due = (place - from + 1) % EXAMPLES_BETWEEN_EXCHANGES == 0 || place == to - 1;
      if (copies != null && due) {
        copies.exchange();
      }
    }
    return losses;
  }
}
