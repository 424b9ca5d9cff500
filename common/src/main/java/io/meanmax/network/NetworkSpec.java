package io.meanmax.network;

import java.util.List;

/**
 * The shape of a pooling classifier: embedding {@code [V, d]} → pooling → dense tanh layers →
 * output.
 *
 * @param vocabularySize rows of the embedding table with PAD and UNK, at least 2
 * @param dimension length {@code d} of a word vector, at least 1
 * @param pooling how token vectors become a document vector
 * @param dense units of each dense tanh layer from the pooling upwards; may be empty
 * @param output what is predicted
 */
public record NetworkSpec(
    int vocabularySize, int dimension, Pooling pooling, List<Integer> dense, Output output)
    implements java.io.Serializable {

  public NetworkSpec {
    if (vocabularySize < 2) {
      throw new IllegalArgumentException(
          "A vocabulary holds at least PAD and UNK, found size " + vocabularySize);
    }
    if (dimension < 1) {
      throw new IllegalArgumentException("Embedding dimension must be at least 1: " + dimension);
    }
    dense = List.copyOf(dense);
    for (int units : dense) {
      if (units < 1) {
        throw new IllegalArgumentException("A dense layer needs at least 1 unit: " + dense);
      }
    }
  }

  /** The length of the pooled document vector. */
  public int pooledWidth() {
    return pooling.width(dimension);
  }

  /** The input width of the output layer. */
  public int lastWidth() {
    return dense.isEmpty() ? pooledWidth() : dense.get(dense.size() - 1);
  }
}
