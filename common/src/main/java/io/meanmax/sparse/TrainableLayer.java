package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import io.meanmax.network.NetworkParameters;

/**
 * A fully connected layer as the kernel keeps it: a row of weights for each output unit, padded to
 * whole vectors, so that neither pass has to sum across a vector more than once a unit.
 */
final class TrainableLayer {
  /** What an array holds in every JVM. */
  private static final int MOST_FLOATS = Integer.MAX_VALUE - 8;

  final int outputs;

  /** Padded length of the input. */
  final int inputs;

  /** Length of the input without the padding. */
  final int width;

  /** {@code [outputs][inputs]}, rows as in {@link EmbeddingTable}. */
  final EmbeddingTable weights;

  final float[] bias;

  /**
   * A number a unit: Adagrad's sum of the mean squared gradients of weights and bias, or Adam's
   * count of steps.
   */
  final float[] unitState;

  /** Adam's first and second moments of the weights, else empty. */
  final EmbeddingTable[] moments;

  /** Adam's first and second moments of the biases, else empty. */
  final float[][] biasMoments;

  TrainableLayer(int inputs, int width, int outputs, SparseOptimizer optimizer) {
    this(inputs, width, outputs, optimizer == SparseOptimizer.ADAM ? 2 : 0, true);
  }

  private TrainableLayer(int inputs, int width, int outputs, int count, boolean aligned) {
    this.inputs = EmbeddingTable.padded(inputs);
    if (size(this.inputs, outputs, count) > MOST_FLOATS) {
      throw new IllegalArgumentException(
          ("A layer of %d inputs and %d units with %d numbers a weight is too large for one array:"
                  + " fewer labels or units, a smaller network.dimension, or adagrad, which has one")
              .formatted(width, outputs, 1 + count));
    }
    this.width = width;
    this.outputs = outputs;
    this.weights =
        aligned
            ? EmbeddingTable.aligned(outputs, this.inputs)
            : new EmbeddingTable(outputs, this.inputs);
    this.bias = new float[outputs];
    this.unitState = new float[outputs];
    this.moments = new EmbeddingTable[count];
    this.biasMoments = new float[count][outputs];
    for (int moment = 0; moment < count; moment++) {
      moments[moment] = new EmbeddingTable(outputs, this.inputs);
    }
  }

  /**
   * A layer of the same shape, of zeros.
   *
   * @param aligned whether it is to be trained, not only kept: its weights are {@link
   *     EmbeddingTable#aligned} then
   */
  TrainableLayer emptyCopy(boolean aligned) {
    return new TrainableLayer(inputs, width, outputs, moments.length, aligned);
  }

  /**
   * Takes over weights.
   *
   * @param columns where each input of {@code layer} stands among ours
   */
  void read(NetworkParameters.Layer layer, int[] columns) {
    for (int o = 0; o < outputs; o++) {
      float[] page = weights.page(o);
      int offset = weights.offset(o);
      for (int i = 0; i < layer.inputs(); i++) {
        page[offset + columns[i]] = layer.weights()[i * outputs + o];
      }
    }
    System.arraycopy(layer.bias(), 0, bias, 0, outputs);
  }

  /** Hands weights over. */
  void write(NetworkParameters.Layer layer, int[] columns) {
    for (int o = 0; o < outputs; o++) {
      float[] page = weights.page(o);
      int offset = weights.offset(o);
      for (int i = 0; i < layer.inputs(); i++) {
        layer.weights()[i * outputs + o] = page[offset + columns[i]];
      }
    }
    System.arraycopy(bias, 0, layer.bias(), 0, outputs);
  }

  /** Floats of weights, biases and optimiser state together. */
  int size() {
    return (int) size(inputs, outputs, moments.length);
  }

  private static long size(long inputs, int outputs, int moments) {
    return outputs * ((1 + moments) * (inputs + 1) + 1);
  }

  /** Copies weights, biases and optimiser state out. */
  void copyTo(float[] to) {
    int at = copyTo(weights, bias, to, 0);
    for (int moment = 0; moment < moments.length; moment++) {
      at = copyTo(moments[moment], biasMoments[moment], to, at);
    }
    System.arraycopy(unitState, 0, to, at, outputs);
  }

  /**
   * Where {@link #copyTo} puts the first of a unit's weights, of which there are {@link #inputs}.
   */
  int placeOfWeights(int unit) {
    return unit * inputs;
  }

  /** Where {@link #copyTo} puts a unit's bias. */
  int placeOfBias(int unit) {
    return outputs * inputs + unit;
  }

  private int copyTo(EmbeddingTable table, float[] vector, float[] to, int at) {
    for (int o = 0; o < outputs; o++) {
      table.copyRow(o, to, at + placeOfWeights(o));
    }
    System.arraycopy(vector, 0, to, at + placeOfBias(0), outputs);
    return at + outputs * (inputs + 1);
  }

  /** Overwrites weights, biases and optimiser state. */
  void copyFrom(float[] from) {
    int at = copyFrom(weights, bias, from, 0);
    for (int moment = 0; moment < moments.length; moment++) {
      at = copyFrom(moments[moment], biasMoments[moment], from, at);
    }
    System.arraycopy(from, at, unitState, 0, outputs);
  }

  private int copyFrom(EmbeddingTable table, float[] vector, float[] from, int at) {
    for (int o = 0; o < outputs; o++) {
      table.setRow(o, from, at + placeOfWeights(o));
    }
    System.arraycopy(from, at + placeOfBias(0), vector, 0, outputs);
    return at + outputs * (inputs + 1);
  }
}
