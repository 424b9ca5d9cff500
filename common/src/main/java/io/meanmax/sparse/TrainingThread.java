package io.meanmax.sparse;

import io.meanmax.encoding.EncodedExamples;
import java.util.ArrayList;
import java.util.List;

/**
 * What one of the threads that train a model has to itself. The rows of words are shared by all but
 * for the most frequent ones, which are copies as the layers are: {@link FrequentRows}, {@link
 * LayerCopy}, where they help.
 */
final class TrainingThread {
  /**
   * Examples that all threads together train between two exchanges of layers: with 512 accuracy is
   * lost (decision 22).
   */
  private static final int BETWEEN_EXCHANGES = 128;

  /** Examples of a thread between two of its own, at least: fewer would cost too much time. */
  private static final int LEAST_BETWEEN_EXCHANGES = 16;

  private final ExampleTrainer trainer;

  /** Of the layers that the thread does not write in the model itself. */
  private final List<LayerCopy> copies;

  /** Null where the thread writes all rows of the model itself. */
  private final FrequentRows rows;

  private final int betweenExchanges;
  private int sinceExchange;

  /** Written so that the compiler does not leave {@link EncodedExamples#readAhead} out. */
  @SuppressWarnings("unused")
  private int unused;

  private TrainingThread(
      ExampleTrainer trainer, List<LayerCopy> copies, FrequentRows rows, int threads) {
    this.trainer = trainer;
    this.copies = copies;
    this.rows = rows;
    this.betweenExchanges = Math.max(LEAST_BETWEEN_EXCHANGES, BETWEEN_EXCHANGES / threads);
  }

  /** The only thread of a model. */
  static TrainingThread alone(SparseModel model) {
    return new TrainingThread(new ExampleTrainer(model), List.of(), null, 1);
  }

  /** One of so many threads of a model. */
  static TrainingThread amongOthers(SparseModel model, int threads) {
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
    FrequentRows rows = FrequentRows.helps(model) ? new FrequentRows(model, threads) : null;
    SparseModel own = rows == null ? model : rows.own();
    ExampleTrainer trainer = new ExampleTrainer(own, layers, MathSelection.SELECTED);
    return new TrainingThread(trainer, copies, rows, threads);
  }

  /** Begins with the model as it stands, whoever changed it since the last stretch. */
  void begin() {
    copies.forEach(LayerCopy::takeOver);
    if (rows != null) {
      rows.takeOver();
    }
  }

  /** Ends a stretch: all that was learnt is in the model then. */
  void end() {
    exchangeLayers();
    if (rows != null) {
      rows.exchange();
    }
  }

  /**
   * Trains on a block of examples, few enough for most to have a place in the processor's cache.
   *
   * @param order places → examples
   * @return the sum of their weighted losses
   */
  float train(EncodedExamples examples, int[] order, int from, int to, float rate) {
    unused = examples.readAhead(order, from, to);
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
      exchange(examples.length(example));
    }
    return losses;
  }

  private void exchange(int length) {
    sinceExchange++;
    if (sinceExchange >= betweenExchanges) {
      exchangeLayers();
    }
    if (rows != null) {
      rows.exchangeIfDue(length);
    }
  }

  private void exchangeLayers() {
    copies.forEach(LayerCopy::exchange);
    sinceExchange = 0;
  }
}
