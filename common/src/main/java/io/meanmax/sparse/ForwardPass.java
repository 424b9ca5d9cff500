package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import io.meanmax.vocabulary.Vocabulary;
import java.util.List;

/**
 * The kernel's forward pass over one document: rows are pooled as they are read, then go through
 * the layers. What it computed stays in its fields until the next document. Not thread-safe; the
 * model is shared.
 */
final class ForwardPass {
  private final SparseModel model;
  private final List<TrainableLayer> layers;
  private final VectorMath math;
  private final float[] max;
  private final float[] scratch = new float[VectorMath.SCRATCH];
  private int[] compacted = new int[64];

  /** The pooled vector; mean and max are each padded to whole vectors. */
  final float[] pooled;

  /** What each layer gave, padded; of the last one the probabilities. */
  final float[][] activations;

  /** For each component of the maximum the position, from {@link #first}, that has it. */
  final int[] winners;

  /** The array that holds the document's ids without PAD. */
  int[] ids;

  /** Where they begin. */
  int first;

  /** How many there are. */
  int count;

  /** A pass over a model's embedding and these layers of its shape. */
  ForwardPass(SparseModel model, List<TrainableLayer> layers, VectorMath math) {
    this.model = model;
    this.layers = layers;
    this.math = math;
    this.pooled = new float[SparseModel.pooledLength(model.spec)];
    this.activations = layerArrays(model);
    this.max = new float[model.embedding.stride()];
    this.winners = new int[model.embedding.stride()];
  }

  static float[][] layerArrays(SparseModel model) {
    return model.layers.stream()
        .map(layer -> new float[EmbeddingTable.padded(layer.outputs)])
        .toArray(float[][]::new);
  }

  /**
   * Pools a document.
   *
   * @param features array that holds its ids, at least one of them not PAD
   * @param from where they begin
   * @param length how many there are
   */
  void pool(int[] features, int from, int length) {
    if (holdsPad(features, from, length)) {
      compact(features, from, length);
    } else {
      ids = features;
      first = from;
      count = length;
    }
    EmbeddingTable table = model.embedding;
    int stride = table.stride();
    if (model.hasMean()) {
      math.sum(table, ids, first, count, pooled);
      float scale = 1f / count;
      for (int i = 0; i < stride; i++) {
        pooled[i] *= scale;
      }
    }
    if (model.hasMax()) {
      math.max(table, ids, first, count, max, winners);
      System.arraycopy(max, 0, pooled, pooled.length - stride, stride);
    }
  }

  private static boolean holdsPad(int[] features, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (features[i] == Vocabulary.PAD) {
        return true;
      }
    }
    return false;
  }

  private void compact(int[] features, int from, int length) {
    if (compacted.length < length) {
      compacted = new int[length];
    }
    int kept = 0;
    for (int i = from; i < from + length; i++) {
      if (features[i] != Vocabulary.PAD) {
        compacted[kept++] = features[i];
      }
    }
    if (kept == 0) {
      throw new IllegalArgumentException("An example needs at least one id that is not PAD");
    }
    ids = compacted;
    first = 0;
    count = kept;
  }

  /** Takes the pooled vector through the layers; the last activations are probabilities. */
  float[] probabilities() {
    float[] x = pooled;
    int last = layers.size() - 1;
    for (int l = 0; l <= last; l++) {
      TrainableLayer layer = layers.get(l);
      float[] y = activations[l];
      System.arraycopy(layer.bias, 0, y, 0, layer.outputs);
      math.gemv(layer.weights, layer.outputs, x, y, scratch);
      if (l < last) {
        for (int o = 0; o < layer.outputs; o++) {
          y[o] = FastExp.tanh(y[o]);
        }
      }
      x = y;
    }
    math.softmax(x, layers.get(last).outputs);
    return x;
  }
}
