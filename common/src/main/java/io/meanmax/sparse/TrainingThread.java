package io.meanmax.sparse;

import io.meanmax.encoding.EncodedExamples;
import java.util.ArrayList;
import java.util.List;

/**
 * What one of the threads that train a model has to itself. The rows of words are shared by all;
 * the layers, which every example writes, are copies where {@link LayerCopy} helps.
 */
final class TrainingThread {
  /**
   * Examples between two exchanges: with more the last tenth of speed is gained, with 64 and eight
   * threads accuracy lost (decision 22).
   */
  private static final int EXAMPLES_BETWEEN_EXCHANGES = 16;

  private final ExampleTrainer trainer;

  /** Of the layers that the thread does not write in the model itself. */
  private final List<LayerCopy> copies;

  private TrainingThread(ExampleTrainer trainer, List<LayerCopy> copies) {
    this.trainer = trainer;
    this.copies = copies;
  }

  /** The only thread of a model. */
  static TrainingThread alone(SparseModel model) {
    return new TrainingThread(new ExampleTrainer(model), List.of());
  }

  /** One of several threads of a model. */
  static TrainingThread amongOthers(SparseModel model) {
    List<TrainableLayer> layers = new ArrayList<>();
    List<LayerCopy> copies = new ArrayList<>();
    TrainableLayer output = model.layers.get(model.layers.size() - 1);
    for (TrainableLayer layer : model.layers) {
      if (LayerCopy.helps(layer, model.optimizer)) {
        LayerCopy copy = layer == output ? LayerCopy.ofOutput(layer) : LayerCopy.ofDense(layer);
        copies.add(copy);
        layers.add(copy.own());
      } else {
        layers.add(layer);
      }
    }
    return new TrainingThread(new ExampleTrainer(model, layers, MathSelection.SELECTED), copies);
  }

  /** Begins with the model as it stands, whoever changed it since the last stretch. */
  void begin() {
    copies.forEach(LayerCopy::takeOver);
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
      if (due) {
        copies.forEach(LayerCopy::exchange);
      }
    }
    return losses;
  }
}
