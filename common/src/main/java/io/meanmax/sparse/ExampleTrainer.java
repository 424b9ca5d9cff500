package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import io.meanmax.vocabulary.Vocabulary;
import java.util.Arrays;

/**
 * One thread's forward and backward pass over an example at a time, with the update of the weights
 * it touched. Nothing of size [tokens, d] is made: rows are pooled as they are read, and updated
 * from the pooled gradient. Not thread-safe; the model is shared.
 *
 * <p>Loss: w·(−log pᵧ) for an example of weight w and label y, p = softmax of the output. With
 * row-wise Adagrad (Duchi, Hazan, Singer 2011; one sum a row as in Facebook's DLRM) a row moves by
 * −η/√(ε + G)·g after G ← G + |g|²/d; with SGD by −η·g.
 */
public final class ExampleTrainer {
  /** ε: keeps the first step of a row finite. */
  private static final float EPSILON = 1e-8f;

  /** A class whose derivative is smaller is left alone: it would move weights by less than that. */
  private static final float NEGLIGIBLE = 1e-5f;

  private final SparseModel model;
  private final SparseOptimizer optimizer;
  private final VectorMath math;
  private final float[] pooled;
  private final float[] pooledGradient;
  private final float[][] activations;
  private final float[][] gradients;
  private final float[] max;
  private final int[] winners;
  private int[] ids = new int[64];
  private float[] steps = new float[64];
  private float[] maxSquares = new float[64];

  /** A pass over this model with the inner loops of this JVM. */
  public ExampleTrainer(SparseModel model, SparseOptimizer optimizer) {
    this(model, optimizer, MathSelection.SELECTED);
  }

  ExampleTrainer(SparseModel model, SparseOptimizer optimizer, VectorMath math) {
    this.model = model;
    this.optimizer = optimizer;
    this.math = math;
    this.pooled = new float[SparseModel.pooledLength(model.spec)];
    this.pooledGradient = new float[pooled.length];
    this.activations = layerArrays();
    this.gradients = layerArrays();
    int stride = model.embedding.stride();
    this.max = new float[stride];
    this.winners = new int[stride];
  }

  private float[][] layerArrays() {
    return model.layers.stream()
        .map(layer -> new float[EmbeddingTable.padded(layer.outputs)])
        .toArray(float[][]::new);
  }

  /**
   * Trains on one example.
   *
   * @param features array that holds its ids, at least one of them not PAD
   * @param from where they begin
   * @param length how many there are
   * @param label its class
   * @param weight its weight, at least 0
   * @param rate learning rate η
   * @return its weighted loss before the update
   */
  public float train(int[] features, int from, int length, int label, float weight, float rate) {
    int[] real = features;
    int first = from;
    int count = length;
    if (holdsPad(features, from, length)) {
      count = compact(features, from, length);
      real = ids;
      first = 0;
    }
    pool(real, first, count);
    float loss = forward(label) * weight;
    backward(label, weight, rate);
    update(real, first, count, rate);
    return loss;
  }

  private static boolean holdsPad(int[] features, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (features[i] == Vocabulary.PAD) {
        return true;
      }
    }
    return false;
  }

  private int compact(int[] features, int from, int length) {
    if (ids.length < length) {
      ids = new int[length];
    }
    int count = 0;
    for (int i = from; i < from + length; i++) {
      if (features[i] != Vocabulary.PAD) {
        ids[count++] = features[i];
      }
    }
    if (count == 0) {
      throw new IllegalArgumentException("An example needs at least one id that is not PAD");
    }
    return count;
  }

  private void pool(int[] real, int from, int count) {
    EmbeddingTable table = model.embedding;
    int stride = table.stride();
    if (model.hasMean()) {
      math.sum(table, real, from, count, pooled);
      float scale = 1f / count;
      for (int i = 0; i < stride; i++) {
        pooled[i] *= scale;
      }
    }
    if (model.hasMax()) {
      math.max(table, real, from, count, max, winners);
      System.arraycopy(max, 0, pooled, pooled.length - stride, stride);
    }
  }

  /** Fills the activations; the last ones are probabilities. */
  private float forward(int label) {
    float[] x = pooled;
    int last = model.layers.size() - 1;
    for (int l = 0; l <= last; l++) {
      TrainableLayer layer = model.layers.get(l);
      float[] y = activations[l];
      for (int o = 0; o < layer.outputs; o++) {
        float z =
            math.dot(layer.weights.page(o), layer.weights.offset(o), x, 0, layer.inputs)
                + layer.bias[o];
        y[o] = l == last ? z : FastExp.tanh(z);
      }
      x = y;
    }
    int classes = model.layers.get(last).outputs;
    math.softmax(x, classes);
    return (float) -Math.log(Math.max(x[label], Float.MIN_NORMAL));
  }

  /** From the output down to the gradient by the pooled vector, updating the layers on the way. */
  private void backward(int label, float weight, float rate) {
    int last = model.layers.size() - 1;
    float[] delta = activations[last];
    delta[label] -= 1;
    for (int c = 0; c < delta.length; c++) {
      delta[c] *= weight;
    }
    for (int l = last; l >= 0; l--) {
      float[] x = l == 0 ? pooled : activations[l - 1];
      float[] below = l == 0 ? pooledGradient : gradients[l - 1];
      Arrays.fill(below, 0);
      layerBackward(model.layers.get(l), delta, x, below, rate);
      if (l > 0) {
        for (int i = 0; i < below.length; i++) {
          below[i] *= 1 - x[i] * x[i];
        }
      }
      delta = below;
    }
  }

  private void layerBackward(
      TrainableLayer layer, float[] delta, float[] x, float[] below, float rate) {
    float meanSquare = 0;
    if (optimizer == SparseOptimizer.ADAGRAD) {
      meanSquare = (math.dot(x, 0, x, 0, layer.inputs) + 1) / (layer.inputs + 1);
    }
    for (int o = 0; o < layer.outputs; o++) {
      float d = delta[o];
      if (Math.abs(d) < NEGLIGIBLE) {
        continue;
      }
      float step = rate;
      if (optimizer == SparseOptimizer.ADAGRAD) {
        layer.squares[o] += d * d * meanSquare;
        step = rate / (float) Math.sqrt(layer.squares[o] + EPSILON);
      }
      math.backward(
          d, step, layer.weights.page(o), layer.weights.offset(o), x, below, layer.inputs);
      layer.bias[o] -= step * d;
    }
  }

  private void update(int[] real, int from, int count, float rate) {
    EmbeddingTable table = model.embedding;
    int stride = table.stride();
    ensure(count);
    float meanSquare = 0;
    if (model.hasMean()) {
      float scale = 1f / count;
      for (int i = 0; i < stride; i++) {
        pooledGradient[i] *= scale;
      }
      meanSquare = math.dot(pooledGradient, 0, pooledGradient, 0, stride) / table.dimension();
    }
    if (model.hasMax()) {
      sumMaxSquares(count);
    }
    for (int p = 0; p < count; p++) {
      steps[p] = step(real[from + p], meanSquare + (model.hasMax() ? maxSquares[p] : 0), rate);
    }
    if (model.hasMean()) {
      math.scatter(table, real, from, count, steps, pooledGradient);
    }
    if (model.hasMax()) {
      updateWinners(real, from);
    }
  }

  private void ensure(int count) {
    if (steps.length < count) {
      steps = new float[Math.max(count, 2 * steps.length)];
      maxSquares = new float[steps.length];
    }
  }

  private void sumMaxSquares(int count) {
    int dimension = model.embedding.dimension();
    int at = pooledGradient.length - model.embedding.stride();
    Arrays.fill(maxSquares, 0, count, 0);
    for (int i = 0; i < dimension; i++) {
      float g = pooledGradient[at + i];
      maxSquares[winners[i]] += g * g / dimension;
    }
  }

  private float step(int id, float meanSquare, float rate) {
    if (meanSquare == 0) {
      return 0;
    }
    model.touched[id] = 1;
    if (optimizer == SparseOptimizer.SGD) {
      return rate;
    }
    float sum = model.squares[id] + meanSquare;
    model.squares[id] = sum;
    return rate / (float) Math.sqrt(sum + EPSILON);
  }

  /** Of the maximum, only the row that had it moves, component by component. */
  private void updateWinners(int[] real, int from) {
    EmbeddingTable table = model.embedding;
    int at = pooledGradient.length - table.stride();
    for (int i = 0; i < table.dimension(); i++) {
      int winner = winners[i];
      int id = real[from + winner];
      table.page(id)[table.offset(id) + i] -= steps[winner] * pooledGradient[at + i];
    }
  }
}
