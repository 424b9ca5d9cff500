package io.meanmax.network;

import io.meanmax.embedding.EmbeddingTable;
import io.meanmax.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.List;

/**
 * The plain forward pass over a document's ids: gather, pool, dense tanh layers, softmax. The
 * arrays it returns are its own and are overwritten by the next call. Not thread-safe: one a
 * thread; the parameters may be shared.
 */
public final class Forward {
  private final NetworkParameters parameters;
  private final float[] pooled;
  private final float[][] activations;

  /** A forward pass with these parameters. */
  public Forward(NetworkParameters parameters) {
    this.parameters = parameters;
    this.pooled = new float[parameters.spec().pooledWidth()];
    this.activations =
        parameters.layers().stream()
            .map(layer -> new float[layer.outputs()])
            .toArray(float[][]::new);
  }

  /**
   * The document vector: the pooled layer.
   *
   * @param ids of the document; PAD is skipped wherever it stands
   * @return {@code [pooledWidth]}, overwritten by the next call
   * @throws IllegalArgumentException if there is no id but PAD
   */
  public float[] pooled(int[] ids) {
    int dimension = parameters.spec().dimension();
    Arrays.fill(pooled, 0);
    Pooling pooling = parameters.spec().pooling();
    if (pooling instanceof Pooling.Mean || pooling instanceof Pooling.MeanMax) {
      addMean(ids, 0);
    }
    if (pooling instanceof Pooling.Max || pooling instanceof Pooling.MeanMax) {
      takeMax(ids, pooled.length - dimension);
    }
    return pooled;
  }

  private void addMean(int[] ids, int at) {
    EmbeddingTable table = parameters.embedding();
    int dimension = table.dimension();
    int real = 0;
    for (int id : ids) {
      if (id != Vocabulary.PAD) {
        float[] page = table.page(id);
        int offset = table.offset(id);
        for (int i = 0; i < dimension; i++) {
          pooled[at + i] += page[offset + i];
        }
        real++;
      }
    }
    requireReal(real);
    float factor = 1f / real;
    for (int i = at; i < at + dimension; i++) {
      pooled[i] *= factor;
    }
  }

  private void takeMax(int[] ids, int at) {
    EmbeddingTable table = parameters.embedding();
    int dimension = table.dimension();
    int real = 0;
    Arrays.fill(pooled, at, at + dimension, Float.NEGATIVE_INFINITY);
    for (int id : ids) {
      if (id != Vocabulary.PAD) {
        float[] page = table.page(id);
        int offset = table.offset(id);
        for (int i = 0; i < dimension; i++) {
          pooled[at + i] = Math.max(pooled[at + i], page[offset + i]);
        }
        real++;
      }
    }
    requireReal(real);
  }

  private static void requireReal(int real) {
    if (real == 0) {
      throw new IllegalArgumentException(
          "A document needs at least one id that is not PAD; encode gives UNK to those without");
    }
  }

  /**
   * The probability of each class.
   *
   * @param ids of the document; PAD is skipped wherever it stands
   * @return {@code [classes]}, each 0 to 1, together 1; overwritten by the next call
   */
  public float[] probabilities(int[] ids) {
    float[] input = pooled(ids);
    List<NetworkParameters.Layer> layers = parameters.layers();
    for (int l = 0; l < layers.size(); l++) {
      float[] output = activations[l];
      affine(layers.get(l), input, output);
      if (l < layers.size() - 1) {
        tanh(output);
      }
      input = output;
    }
    softmax(input);
    return input;
  }

  private static void affine(NetworkParameters.Layer layer, float[] x, float[] y) {
    System.arraycopy(layer.bias(), 0, y, 0, y.length);
    float[] weights = layer.weights();
    for (int i = 0; i < x.length; i++) {
      float value = x[i];
      int row = i * y.length;
      for (int o = 0; o < y.length; o++) {
        y[o] += value * weights[row + o];
      }
    }
  }

  private static void tanh(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.tanh(values[i]);
    }
  }

  /** Shifted by the largest logit, so that no exponential overflows. */
  private static void softmax(float[] logits) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    float sum = 0;
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.exp(logits[i] - largest);
      sum += logits[i];
    }
    for (int i = 0; i < logits.length; i++) {
      logits[i] /= sum;
    }
  }
}
