package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import io.meanmax.network.NetworkParameters;
import java.io.Serializable;

/**
 * A fully connected layer as the kernel keeps it: a row of weights for each output unit, padded to
 * whole vectors, so that neither pass has to sum across a vector more than once a unit.
 */
final class TrainableLayer implements Serializable {
  private static final long serialVersionUID = 1L;

  final int outputs;

  /** Padded length of the input. */
  final int inputs;

  /** {@code [outputs][inputs]}, rows as in {@link EmbeddingTable}. */
  final EmbeddingTable weights;

  final float[] bias;

  /** Row-wise Adagrad's sum of mean squared gradients of each unit. */
  final float[] squares;

  TrainableLayer(int inputs, int outputs) {
    this.inputs = EmbeddingTable.padded(inputs);
    this.outputs = outputs;
    this.weights = new EmbeddingTable(outputs, this.inputs);
    this.bias = new float[outputs];
    this.squares = new float[outputs];
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
    return outputs * (inputs + 2);
  }

  /** Copies weights, biases and optimiser state out. */
  void copyTo(float[] to) {
    for (int o = 0; o < outputs; o++) {
      weights.copyRow(o, to, o * inputs);
    }
    System.arraycopy(bias, 0, to, outputs * inputs, outputs);
    System.arraycopy(squares, 0, to, outputs * (inputs + 1), outputs);
  }

  /** Overwrites weights, biases and optimiser state. */
  void copyFrom(float[] from) {
    for (int o = 0; o < outputs; o++) {
      weights.setRow(o, from, o * inputs);
    }
    System.arraycopy(from, outputs * inputs, bias, 0, outputs);
    System.arraycopy(from, outputs * (inputs + 1), squares, 0, outputs);
  }
}
