package io.meanmax.sparse;

import io.meanmax.encoding.EncodedExamples;
import java.util.ArrayList;
import java.util.List;

/**
 * What one of the threads that train a model has to itself. The rows of words and dense layers are
 * shared by all; the output layer, which every example writes, is a copy where {@link LayerCopy}
 * helps.
 */
final class TrainingThread {
  /**
   * Examples between two exchanges: with more the last tenth of speed is gained, with 64 and eight
   * threads accuracy lost (decision 22).
   */
  private static final int EXAMPLES_BETWEEN_EXCHANGES = 16;

  private final ExampleTrainer trainer;

  /** Null where the thread writes the model's own layer. */
  private final LayerCopy output;

  private TrainingThread(ExampleTrainer trainer, LayerCopy output) {
    this.trainer = trainer;
    this.output = output;
  }

  /** The only thread of a model. */
  static TrainingThread alone(SparseModel model) {
    return new TrainingThread(new ExampleTrainer(model), null);
  }

  /** One of several threads of a model. */
  static TrainingThread amongOthers(SparseModel model) {
    if (!LayerCopy.helps(model)) {
      return alone(model);
    }
    int last = model.layers.size() - 1;
    LayerCopy output = new LayerCopy(model.layers.get(last));
    List<TrainableLayer> layers = new ArrayList<>(model.layers);
    layers.set(last, output.own());
    return new TrainingThread(
        new ExampleTrainer(model, List.copyOf(layers), MathSelection.SELECTED), output);
  }

  /** Begins with the model as it stands, whoever changed it since the last stretch. */
  void begin() {
    if (output != null) {
      output.takeOver();
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
      if (output != null && due) {
        output.exchange();
      }
    }
    return losses;
  }
}
