package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Pooling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The weights under training with their optimiser state, and which rows were touched. Threads write
 * to rows and layers of which they have no copy ({@link FrequentRows}, {@link LayerCopy}) without
 * locks (Hogwild: Recht, Re, Wright, Niu 2011): an update may be lost where two meet, which is rare
 * but for the most frequent words, of which threads have copies as soon as it pays.
 */
public final class SparseModel {
  /**
   * What Adagrad's sum of a row begins with. From 0 the first step of a row would be as long as the
   * rate, however small its gradient; rare words of long documents would go far.
   */
  static final float FIRST_ROW_SUM = 0.3f;

  final NetworkSpec spec;
  final EmbeddingTable embedding;

  final SparseOptimizer optimizer;

  /**
   * A number a word: row-wise Adagrad's sum of mean squared gradients, or Adam's count of steps.
   */
  final float[] rowState;

  /** Numbers a component: Adagrad's sum of squared gradients, or Adam's moments; may be empty. */
  final EmbeddingTable[] moments;

  /** 1 for each row that was written since the last hand-over; bytes, because they do not tear. */
  final byte[] touched;

  final List<TrainableLayer> layers;

  /** The rows of which each thread may come to have a copy, where it helps. */
  final FrequentRows.Stretch[] frequent;

  /** Examples that threads with frequent rows of their own trained, all together. */
  final AtomicLong trained;

  /** Of a thread with its own frequent rows what it has of {@link #rowState}, else null. */
  private final float[] headState;

  /** The same of {@link #touched}. */
  private final byte[] headTouched;

  /** How many of the first rows are a thread's own. */
  private int ownRows;

  private SparseModel(
      NetworkSpec spec, SparseOptimizer optimizer, EmbeddingTable embedding, int trainableRows) {
    this.spec = spec;
    this.optimizer = optimizer;
    this.embedding = embedding;
    this.rowState = new float[trainableRows];
    if (optimizer == SparseOptimizer.ADAGRAD && isRowWise()) {
      Arrays.fill(rowState, FIRST_ROW_SUM);
    }
    this.moments = new EmbeddingTable[isRowWise() ? 0 : optimizer.moments()];
    for (int moment = 0; moment < moments.length; moment++) {
      moments[moment] = new EmbeddingTable(spec.vocabularySize(), spec.dimension());
    }
    this.touched = new byte[trainableRows];
    List<TrainableLayer> all = new ArrayList<>();
    int inputs = pooledLength(spec);
    int width = spec.pooledWidth();
    for (int units : spec.dense()) {
      all.add(new TrainableLayer(inputs, width, units, optimizer));
      inputs = units;
      width = units;
    }
    all.add(new TrainableLayer(inputs, width, spec.output().units(), optimizer));
    this.layers = List.copyOf(all);
    this.frequent = FrequentRows.Stretch.of(Math.min(embedding.headRows(), trainableRows));
    this.trained = new AtomicLong();
    this.headState = null;
    this.headTouched = null;
  }

  private SparseModel(SparseModel model, float[] headState, byte[] headTouched) {
    this.spec = model.spec;
    this.optimizer = model.optimizer;
    this.embedding = model.embedding.withOwnHead();
    this.rowState = model.rowState;
    this.moments =
        Arrays.stream(model.moments)
            .map(EmbeddingTable::withOwnHead)
            .toArray(EmbeddingTable[]::new);
    this.touched = model.touched;
    this.layers = model.layers;
    this.frequent = model.frequent;
    this.trained = model.trained;
    this.headState = headState;
    this.headTouched = headTouched;
  }

  /**
   * This model with room for a copy of the rows of the most frequent words, the head of the table,
   * for {@link ExampleTrainer} alone; it shares all else, and {@link #ownFirst} says how many of
   * them are its own.
   *
   * @param headState {@code [headRows]}, instead of the first of {@link #rowState}
   * @param headTouched {@code [headRows]}, instead of the first of {@link #touched}
   */
  SparseModel withOwnHead(float[] headState, byte[] headTouched) {
    return new SparseModel(this, headState, headTouched);
  }

  /**
   * From here on the first {@code rows} rows are this model's own: {@link EmbeddingTable#ownFirst}.
   */
  void ownFirst(int rows) {
    embedding.ownFirst(rows);
    for (EmbeddingTable moment : moments) {
      moment.ownFirst(rows);
    }
    ownRows = rows;
  }

  /** The array that holds a word's {@link #rowState}, at the word's id. */
  float[] rowState(int id) {
    return id < ownRows ? headState : rowState;
  }

  /** The array that holds whether a word's row was {@link #touched}, at the word's id. */
  byte[] touched(int id) {
    return id < ownRows ? headTouched : touched;
  }

  /** A model to begin training with: {@link NetworkParameters#initial}. */
  public static SparseModel initial(NetworkSpec spec, long seed, SparseOptimizer optimizer) {
    return takingOver(NetworkParameters.initial(spec, seed), optimizer);
  }

  /** A model of zeros, to be filled. */
  public static SparseModel zeros(NetworkSpec spec, SparseOptimizer optimizer) {
    return takingOver(NetworkParameters.zeros(spec), optimizer);
  }

  /** A model with a copy of these parameters and fresh optimiser state. */
  public static SparseModel of(NetworkParameters parameters, SparseOptimizer optimizer) {
    SparseModel model = zeros(parameters.spec(), optimizer);
    EmbeddingTable from = parameters.embedding();
    for (int row = 0; row < from.rows(); row++) {
      model.embedding.setRow(row, from.page(row), from.offset(row));
    }
    model.readLayers(parameters);
    return model;
  }

  /** Their table, the largest part of them, is the model's from here on. */
  private static SparseModel takingOver(NetworkParameters parameters, SparseOptimizer optimizer) {
    NetworkSpec spec = parameters.spec();
    SparseModel model =
        new SparseModel(spec, optimizer, parameters.embedding(), spec.vocabularySize());
    model.readLayers(parameters);
    return model;
  }

  /**
   * A model for predicting alone: it shares the table of {@code parameters} and cannot be trained.
   */
  public static SparseModel forPrediction(NetworkParameters parameters) {
    SparseModel model =
        new SparseModel(parameters.spec(), SparseOptimizer.SGD, parameters.embedding(), 0);
    model.readLayers(parameters);
    return model;
  }

  private void readLayers(NetworkParameters parameters) {
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).read(parameters.layers().get(l), columns(spec, l));
    }
  }

  /** A copy of the parameters as they stand now. */
  public NetworkParameters parameters() {
    NetworkParameters parameters = NetworkParameters.zeros(spec);
    EmbeddingTable to = parameters.embedding();
    for (int row = 0; row < to.rows(); row++) {
      to.setRow(row, embedding.page(row), embedding.offset(row));
    }
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).write(parameters.layers().get(l), columns(spec, l));
    }
    return parameters;
  }

  /** Length of the pooled vector with mean and max each padded to whole vectors. */
  static int pooledLength(NetworkSpec spec) {
    int parts = spec.pooling().width(1);
    return parts * EmbeddingTable.padded(spec.dimension());
  }

  /** The vectors (0), or one of their moments. */
  EmbeddingTable table(int index) {
    return index == 0 ? embedding : moments[index - 1];
  }

  /** The vectors, then their moments. */
  EmbeddingTable[] tables() {
    EmbeddingTable[] tables = new EmbeddingTable[1 + moments.length];
    tables[0] = embedding;
    System.arraycopy(moments, 0, tables, 1, moments.length);
    return tables;
  }

  /**
   * The rows {@code [from, to)} as they stand, for a worker that has none of them; with those from
   * 0 on go the layers.
   */
  public ModelChange rows(int from, int to) {
    return ModelChange.copy(this, IntStream.range(from, to).toArray(), from == 0);
  }

  /** From here on, rows count as touched that are written from now on. */
  public void forgetTouched() {
    Arrays.fill(touched, (byte) 0);
  }

  /** Where the inputs of a layer stand in its padded input. */
  private static int[] columns(NetworkSpec spec, int layer) {
    if (layer > 0) {
      return IntStream.range(0, spec.dense().get(layer - 1)).toArray();
    }
    int dimension = spec.dimension();
    int padded = EmbeddingTable.padded(dimension);
    return IntStream.range(0, spec.pooledWidth())
        .map(i -> i < dimension ? i : padded + i - dimension)
        .toArray();
  }

  /** Whether all components of a row move with one learning rate. */
  boolean isRowWise() {
    return optimizer == SparseOptimizer.SGD || (optimizer == SparseOptimizer.ADAGRAD && !hasMax());
  }

  boolean hasMean() {
    return !(spec.pooling() instanceof Pooling.Max);
  }

  boolean hasMax() {
    return !(spec.pooling() instanceof Pooling.Mean);
  }
}
