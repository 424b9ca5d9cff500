package io.meanmax.network;

import java.util.List;

/**
 * The shape of a pooling classifier: embedding {@code [V, d]} → pooling → dense tanh layers →
 * output.
 *
 * @param vocabularySize rows of the embedding table with PAD and UNK, at least 2
 * @param dimension length {@code d} of a word vector, 1 to {@value #MAX_DIMENSION}
 * @param pooling how token vectors become a document vector
 * @param dense units of each dense tanh layer from the pooling upwards; may be empty
 * @param output what is predicted
 */
public record NetworkSpec(
    int vocabularySize, int dimension, Pooling pooling, List<Integer> dense, Output output)
    implements java.io.Serializable {

  /** Length of the longest word vector. */
  public static final int MAX_DIMENSION = 4096;

  private static final int MAX_LAYER_WEIGHTS = 1 << 30;

  public NetworkSpec {
    if (vocabularySize < 2) {
      throw new IllegalArgumentException(
          "A vocabulary holds at least PAD and UNK, found size " + vocabularySize);
    }
    if (dimension < 1 || dimension > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "Embedding dimension must be from 1 to %d: %d".formatted(MAX_DIMENSION, dimension));
    }
    dense = List.copyOf(dense);
    for (int units : dense) {
      if (units < 1) {
        throw new IllegalArgumentException("A dense layer needs at least 1 unit: " + dense);
      }
    }
    long inputs = pooling.width(dimension);
    for (int units : dense) {
      requireFits(inputs, units);
      inputs = units;
    }
    requireFits(inputs, output.units());
  }

  /** A layer's weights stand in one array. */
  private static void requireFits(long inputs, int units) {
    if (inputs * units > MAX_LAYER_WEIGHTS) {
      throw new IllegalArgumentException(
          "A layer of %d inputs and %d units has more than %d weights"
              .formatted(inputs, units, MAX_LAYER_WEIGHTS));
    }
  }

  /** How many numbers a network of this shape has. */
  public long parameters() {
    long parameters = (long) vocabularySize * dimension;
    long inputs = pooledWidth();
    for (int units : dense) {
      parameters += (inputs + 1) * units;
      inputs = units;
    }
    return parameters + (inputs + 1) * output.units();
  }

  /** The length of the pooled document vector. */
  public int pooledWidth() {
    return pooling.width(dimension);
  }
}
