package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.util.Arrays;
import java.util.List;

/**
 * One thread's forward and backward pass over an example at a time, with the update of the weights
 * it touched. Nothing of size [tokens, d] is made: rows are pooled as they are read, and updated
 * from the pooled gradient. Not thread-safe; the model is shared.
 *
 * <p>Loss: w·(−log pᵧ) for an example of weight w and label y, p = softmax of the output. With SGD
 * a row moves by −η·g; what the other optimisers do stands in {@link SparseOptimizer}. A word that
 * stands several times in an example takes as many steps.
 */
public final class ExampleTrainer {
  /**
   * A unit whose derivative is no larger, for an example of weight 1, is left alone; and no larger
   * than {@link #NEGLIGIBLE_TOGETHER} is what all that are left alone come to, however many.
   */
  private static final float NEGLIGIBLE = 1e-5f;

  private static final float NEGLIGIBLE_TOGETHER = 0.01f;

  private static final int[] ROW_OF_WON = {0};

  /** Rows that are moved at a time. */
  private static final int MOST_STEPS = 1024;

  private final SparseModel model;
  private final List<TrainableLayer> layers;
  private final SparseOptimizer optimizer;
  private final VectorMath math;
  private final ForwardPass pass;
  private final float[] pooledGradient;
  private final float[][] gradients;

  /** Units of a layer that an example moves. */
  private final int[] units;

  /** Of each of {@link #units} the derivative of the loss by its input. */
  private final float[] unitDeltas;

  /** Of each of them its learning rate. */
  private final float[] unitSteps;

  private final int[] nextWon;
  private final float[] rowGradient;

  /** The weights that are the maxima, a row of them, and what Adagrad keeps of them. */
  private final EmbeddingTable won;

  private final EmbeddingTable sumsOfWon;
  private final float[] steps = new float[MOST_STEPS];

  /** Written so that the compiler does not leave {@link #readAhead} out. */
  @SuppressWarnings("unused")
  private float unused;

  private int[] firstWon = new int[64];

  /** A pass over this model with the inner loops of this JVM. */
  public ExampleTrainer(SparseModel model) {
    this(model, model.layers, MathSelection.SELECTED);
  }

  ExampleTrainer(SparseModel model, VectorMath math) {
    this(model, model.layers, math);
  }

  /** A pass that trains these layers, of the model's shape, in the place of the model's own. */
  ExampleTrainer(SparseModel model, List<TrainableLayer> layers, VectorMath math) {
    this.model = model;
    this.layers = layers;
    this.optimizer = model.optimizer;
    this.math = math;
    this.pass = new ForwardPass(model, layers, math);
    this.pooledGradient = new float[pass.pooled.length];
    this.gradients = ForwardPass.layerArrays(model);
    int mostUnits = layers.stream().mapToInt(layer -> layer.outputs).max().orElseThrow();
    this.units = new int[mostUnits];
    this.unitDeltas = new float[mostUnits];
    this.unitSteps = new float[mostUnits];
    this.nextWon = new int[model.embedding.stride()];
    this.rowGradient = new float[model.embedding.stride()];
    this.won = new EmbeddingTable(1, model.embedding.dimension());
    this.sumsOfWon = new EmbeddingTable(1, model.embedding.dimension());
  }

  /**
   * Trains on one example.
   *
   * @param features array that holds its ids, at least one of them not PAD
   * @param from where they begin
   * @param length how many there are
   * @param label its class
   * @param weight its weight, at least 0; an example that weighs 0 touches nothing
   * @param rate learning rate η
   * @return its weighted loss before the update
   */
  public float train(int[] features, int from, int length, int label, float weight, float rate) {
    if (weight == 0) {
      return 0;
    }
    pass.pool(features, from, length);
    float probability = pass.probabilities()[label];
    float loss = (float) -Math.log(Math.max(probability, Float.MIN_NORMAL)) * weight;
    backward(label, weight, rate);
    update(pass.ids, pass.first, pass.count, rate);
    return loss;
  }

  /** From the output down to the gradient by the pooled vector, updating the layers on the way. */
  private void backward(int label, float weight, float rate) {
    int last = layers.size() - 1;
    float[] delta = pass.activations[last];
    delta[label] -= 1;
    for (int c = 0; c < delta.length; c++) {
      delta[c] *= weight;
    }
    for (int l = last; l >= 0; l--) {
      float[] x = l == 0 ? pass.pooled : pass.activations[l - 1];
      float[] below = l == 0 ? pooledGradient : gradients[l - 1];
      Arrays.fill(below, 0);
      layerBackward(layers.get(l), delta, weight, x, below, rate);
      if (l > 0) {
        for (int i = 0; i < below.length; i++) {
          below[i] *= 1 - x[i] * x[i];
        }
      }
      delta = below;
    }
  }

  private void layerBackward(
      TrainableLayer layer, float[] delta, float weight, float[] x, float[] below, float rate) {
    float least = weight * Math.min(NEGLIGIBLE, NEGLIGIBLE_TOGETHER / layer.outputs);
    int count = 0;
    for (int o = 0; o < layer.outputs; o++) {
      if (!(Math.abs(delta[o]) <= least)) { // So that NaN is not left alone.
        units[count] = o;
        unitDeltas[count] = delta[o];
        count++;
      }
    }
    if (optimizer == SparseOptimizer.ADAM) {
      for (int p = 0; p < count; p++) {
        unitBackwardAdam(layer, units[p], unitDeltas[p], x, below, rate);
      }
      return;
    }
    fillUnitSteps(layer, count, x, rate);
    math.backward(layer.weights, units, count, unitDeltas, unitSteps, x, below);
    for (int p = 0; p < count; p++) {
      layer.bias[units[p]] -= unitSteps[p] * unitDeltas[p];
    }
  }

  /**
   * Learning rates of the units that move; the roots by themselves, so that they become vectors.
   */
  private void fillUnitSteps(TrainableLayer layer, int count, float[] x, float rate) {
    if (optimizer != SparseOptimizer.ADAGRAD) {
      Arrays.fill(unitSteps, 0, count, rate);
      return;
    }
    float meanSquare = (math.dot(x, 0, x, 0, layer.inputs) + 1) / (layer.width + 1);
    for (int p = 0; p < count; p++) {
      float sum = layer.unitState[units[p]] + unitDeltas[p] * unitDeltas[p] * meanSquare;
      layer.unitState[units[p]] = sum;
      unitSteps[p] = sum;
    }
    for (int p = 0; p < count; p++) {
      unitSteps[p] = rate / (float) Math.sqrt(unitSteps[p] + VectorMath.EPSILON);
    }
  }

  private void unitBackwardAdam(
      TrainableLayer layer, int o, float d, float[] x, float[] below, float rate) {
    float[] page = layer.weights.page(o);
    int offset = layer.weights.offset(o);
    math.axpy(d, page, offset, below, 0, layer.inputs);
    float time = ++layer.unitState[o];
    float corrected = rate / firstCorrection(time);
    float c = secondCorrection(time);
    EmbeddingTable m = layer.moments[0];
    EmbeddingTable v = layer.moments[1];
    math.adam(
        corrected,
        c,
        d,
        x,
        page,
        offset,
        m.page(o),
        m.offset(o),
        v.page(o),
        v.offset(o),
        layer.inputs);
    float first = VectorMath.BETA1 * layer.biasMoments[0][o] + (1 - VectorMath.BETA1) * d;
    float second = VectorMath.BETA2 * layer.biasMoments[1][o] + (1 - VectorMath.BETA2) * d * d;
    layer.biasMoments[0][o] = first;
    layer.biasMoments[1][o] = second;
    layer.bias[o] -= corrected * first / ((float) Math.sqrt(second) * c + VectorMath.EPSILON);
  }

  /** 1 − β₁ᵗ. */
  private static float firstCorrection(float time) {
    return (float) (1 - Math.pow(VectorMath.BETA1, time));
  }

  /** 1/√(1 − β₂ᵗ). */
  private static float secondCorrection(float time) {
    return (float) (1 / Math.sqrt(1 - Math.pow(VectorMath.BETA2, time)));
  }

  private void update(int[] real, int from, int count, float rate) {
    if (model.hasMean()) {
      float scale = 1f / count;
      for (int i = 0; i < model.embedding.stride(); i++) {
        pooledGradient[i] *= scale;
      }
    }
    if (model.isRowWise()) {
      updateRows(real, from, count, rate);
    } else {
      updateComponents(real, from, count, rate);
    }
  }

  /**
   * A row's components move with one learning rate: SGD, or Adagrad where only the mean moves rows.
   */
  private void updateRows(int[] real, int from, int count, float rate) {
    EmbeddingTable table = model.embedding;
    if (model.hasMean()) {
      float meanSquare =
          math.dot(pooledGradient, 0, pooledGradient, 0, table.stride()) / table.dimension();
      for (int first = from; first < from + count; first += MOST_STEPS) {
        int part = Math.min(MOST_STEPS, from + count - first);
        for (int p = 0; p < part; p++) {
          steps[p] = step(real[first + p], meanSquare, rate);
        }
        math.scatter(table, real, first, part, steps, pooledGradient);
      }
    }
    if (model.hasMax()) {
      int at = pooledGradient.length - table.stride();
      for (int i = 0; i < table.dimension(); i++) {
        int id = real[from + pass.winners[i]];
        touch(id);
        table.page(id)[table.offset(id) + i] -= rate * pooledGradient[at + i];
      }
    }
  }

  /**
   * Notes that a row has changed. Written once only: frequent words stand side by side, and a cache
   * line that several threads write to travels between them.
   */
  private void touch(int id) {
    byte[] touched = model.touched(id);
    if (touched[id] == 0) {
      touched[id] = 1;
    }
  }

  private float step(int id, float meanSquare, float rate) {
    touch(id);
    if (optimizer == SparseOptimizer.SGD) {
      return rate;
    }
    float[] state = model.rowState(id);
    float sum = state[id] + meanSquare;
    state[id] = sum;
    return rate / (float) Math.sqrt(sum + VectorMath.EPSILON);
  }

  /**
   * Each component has a learning rate of its own; each position takes a step of its own. With
   * Adagrad the maximum's gradient takes a step before the mean's; with Adam they are one.
   */
  private void updateComponents(int[] real, int from, int count, float rate) {
    readAhead(real, from, count);
    if (optimizer == SparseOptimizer.ADAM) {
      moveRowsAdam(real, from, count, rate);
      return;
    }
    if (model.hasMax()) {
      moveWinners(real, from, rate);
    }
    if (model.hasMean()) {
      for (int p = from; p < from + count; p++) {
        touch(real[p]);
      }
      math.adagrad(rate, pooledGradient, model.embedding, model.moments[0], real, from, count);
    }
  }

  /** Adagrad for the one weight of each component that is its maximum, gathered in one row. */
  private void moveWinners(int[] real, int from, float rate) {
    EmbeddingTable table = model.embedding;
    EmbeddingTable sums = model.moments[0];
    int stride = table.stride();
    System.arraycopy(pooledGradient, pooledGradient.length - stride, rowGradient, 0, stride);
    float[] wonWeights = won.page(0);
    float[] wonSums = sumsOfWon.page(0);
    int won0 = won.offset(0);
    for (int i = 0; i < table.dimension(); i++) {
      int id = real[from + pass.winners[i]];
      touch(id);
      wonWeights[won0 + i] = table.page(id)[table.offset(id) + i];
      wonSums[won0 + i] = sums.page(id)[sums.offset(id) + i];
    }
    math.adagrad(rate, rowGradient, won, sumsOfWon, ROW_OF_WON, 0, 1);
    for (int i = 0; i < table.dimension(); i++) {
      int id = real[from + pass.winners[i]];
      table.page(id)[table.offset(id) + i] = wonWeights[won0 + i];
      sums.page(id)[sums.offset(id) + i] = wonSums[won0 + i];
    }
  }

  private void moveRowsAdam(int[] real, int from, int count, float rate) {
    if (model.hasMax()) {
      listWins(count);
    }
    for (int p = 0; p < count; p++) {
      boolean won = model.hasMax() && firstWon[p] >= 0;
      if (won || model.hasMean()) {
        int id = real[from + p];
        touch(id);
        moveRowAdam(id, won ? gradientOf(p) : pooledGradient, rate);
      }
    }
  }

  /**
   * Reads a number of each cache line of the rows' state, so that memory sends all of them at once:
   * a row that is moved waits for its own otherwise. Java has no instruction for it.
   */
  private void readAhead(int[] real, int from, int count) {
    EmbeddingTable state = model.moments[0];
    float read = 0;
    for (int p = from; p < from + count; p++) {
      float[] page = state.page(real[p]);
      int offset = state.offset(real[p]);
      for (int i = 0; i < state.stride(); i += EmbeddingTable.LANES) {
        read += page[offset + i];
      }
    }
    unused = read;
  }

  /** For each position a linked list of the components in which it is the maximum. */
  private void listWins(int count) {
    if (firstWon.length < count) {
      firstWon = new int[Math.max(count, 2 * firstWon.length)];
    }
    Arrays.fill(firstWon, 0, count, -1);
    for (int i = model.embedding.dimension() - 1; i >= 0; i--) {
      nextWon[i] = firstWon[pass.winners[i]];
      firstWon[pass.winners[i]] = i;
    }
  }

  /**
   * The mean's share, the same for every position, with the maximum's where this position has it.
   */
  private float[] gradientOf(int position) {
    int stride = rowGradient.length;
    int at = pooledGradient.length - stride;
    if (model.hasMean()) {
      System.arraycopy(pooledGradient, 0, rowGradient, 0, stride);
    } else {
      Arrays.fill(rowGradient, 0);
    }
    for (int i = firstWon[position]; i >= 0; i = nextWon[i]) {
      rowGradient[i] += pooledGradient[at + i];
    }
    return rowGradient;
  }

  private void moveRowAdam(int id, float[] gradient, float rate) {
    EmbeddingTable table = model.embedding;
    EmbeddingTable first = model.moments[0];
    EmbeddingTable second = model.moments[1];
    float time = ++model.rowState(id)[id];
    math.adam(
        rate / firstCorrection(time),
        secondCorrection(time),
        1,
        gradient,
        table.page(id),
        table.offset(id),
        first.page(id),
        first.offset(id),
        second.page(id),
        second.offset(id),
        table.stride());
  }
}
