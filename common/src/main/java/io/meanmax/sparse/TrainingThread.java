package io.meanmax.sparse;

import io.meanmax.encoding.EncodedExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one of the threads that train a model has to itself. The rows of words are shared by all but
 * for the most frequent ones, which are copies as the layers are: {@link FrequentRows}, {@link
 * LayerCopy}, where they help.
 */
final class TrainingThread {
  /**
   * Examples between two exchanges of layers, and of frequent rows at least: with more the last
   * tenth of speed is gained, with 64 and eight threads accuracy lost (decision 22).
   */
  private static final int BETWEEN_EXCHANGES = 16;

  /** Examples between two exchanges of frequent rows, at most (decision 24). */
  private static final int MOST_BETWEEN_EXCHANGES = 1024;

  /**
   * All threads together keep to themselves what rows learnt from 1/128 of all examples, at most.
   */
  private static final int PARTS = 128;

  private final ExampleTrainer trainer;

  /** Of the layers that the thread does not write in the model itself. */
  private final List<LayerCopy> copies;

  /** Null where the thread writes all rows of the model itself. */
  private final FrequentRows rows;

  /** Examples of all threads before this one's last exchange of rows. */
  private final AtomicLong trained;

  private final int threads;
  private int sinceLayers;
  private int sinceRows;

  private TrainingThread(
      SparseModel model,
      int threads,
      ExampleTrainer trainer,
      List<LayerCopy> copies,
      FrequentRows rows) {
    this.trained = model.trained;
    this.threads = threads;
    this.trainer = trainer;
    this.copies = copies;
    this.rows = rows;
  }

  /** The only thread of a model. */
  static TrainingThread alone(SparseModel model) {
    return new TrainingThread(model, 1, new ExampleTrainer(model), List.of(), null);
  }

  /** One of several threads of a model. */
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
    FrequentRows rows = FrequentRows.help(model) ? new FrequentRows(model) : null;
    SparseModel own = rows == null ? model : rows.own();
    ExampleTrainer trainer = new ExampleTrainer(own, layers, MathSelection.SELECTED);
    return new TrainingThread(model, threads, trainer, copies, rows);
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
      exchangeRows();
    }
  }

  /**
   * Trains on a block of examples.
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
      exchange();
    }
    return losses;
  }

  private void exchange() {
    sinceLayers++;
    sinceRows++;
    if (sinceLayers >= BETWEEN_EXCHANGES) {
      exchangeLayers();
    }
    if (rows != null && sinceRows >= betweenExchanges(trained.get(), threads)) {
      exchangeRows();
    }
  }

  private void exchangeLayers() {
    copies.forEach(LayerCopy::exchange);
    sinceLayers = 0;
  }

  private void exchangeRows() {
    rows.exchange();
    trained.addAndGet(sinceRows);
    sinceRows = 0;
  }

  /** Examples between two exchanges of a thread's frequent rows, after so many of all threads. */
  static long betweenExchanges(long trained, int threads) {
    long part = trained / PARTS / threads;
    return Math.max(BETWEEN_EXCHANGES, Math.min(part, MOST_BETWEEN_EXCHANGES));
  }
}
