package io.meanmax.sparse;

import java.io.Serializable;

/**
 * The rows of a model that a round touched, as they stand after it, with their optimiser state; and
 * the layers, which every example touches. This is what workers and driver send one another: 4
 * bytes for a row's id and 4 for its state beside the 4·d of its vector and of each of its moments.
 */
public final class ModelChange implements Serializable {
  private static final long serialVersionUID = 1L;

  final int[] rows;

  /** The state of each row. */
  final float[] rowState;

  /** The vectors of the rows, then their moments. */
  final RowBlock[] blocks;

  /** Each layer with its state. */
  final float[][] layers;

  private ModelChange(int[] rows, RowBlock[] blocks, float[][] layers) {
    this.rows = rows;
    this.rowState = new float[rows.length];
    this.blocks = blocks;
    this.layers = layers;
  }

  /** A change of these rows, all zero. */
  static ModelChange zeros(SparseModel model, int[] rows) {
    RowBlock[] blocks = new RowBlock[model.tables().length];
    for (int block = 0; block < blocks.length; block++) {
      blocks[block] = new RowBlock(rows.length, model.spec.dimension());
    }
    float[][] layers = new float[model.layers.size()][];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = new float[model.layers.get(l).size()];
    }
    return new ModelChange(rows, blocks, layers);
  }

  /** What was touched since the last call, which is forgotten now. */
  public static ModelChange take(SparseModel model) {
    int count = 0;
    for (byte touched : model.touched) {
      count += touched;
    }
    int[] rows = new int[count];
    int index = 0;
    for (int row = 0; row < model.touched.length; row++) {
      if (model.touched[row] != 0) {
        rows[index++] = row;
        model.touched[row] = 0;
      }
    }
    return copy(model, rows);
  }

  /** These rows as they stand in a model. */
  static ModelChange copy(SparseModel model, int[] rows) {
    ModelChange change = zeros(model, rows);
    for (int block = 0; block < change.blocks.length; block++) {
      change.blocks[block].read(model.tables()[block], rows);
    }
    for (int index = 0; index < rows.length; index++) {
      change.rowState[index] = model.rowState[rows[index]];
    }
    for (int l = 0; l < change.layers.length; l++) {
      model.layers.get(l).copyTo(change.layers[l]);
    }
    return change;
  }

  /** Overwrites a model's rows and layers with these. */
  public void applyTo(SparseModel model) {
    for (int block = 0; block < blocks.length; block++) {
      blocks[block].write(model.tables()[block], rows);
    }
    for (int index = 0; index < rows.length; index++) {
      model.rowState[rows[index]] = rowState[index];
    }
    for (int l = 0; l < layers.length; l++) {
      model.layers.get(l).copyFrom(layers[l]);
    }
  }

  /** How many rows were touched. */
  public int size() {
    return rows.length;
  }

  /** What this takes to send, in bytes, but for a few of framing. */
  public long bytes() {
    long floats = rows.length;
    for (RowBlock block : blocks) {
      floats += (long) rows.length * block.dimension();
    }
    for (float[] layer : layers) {
      floats += layer.length;
    }
    return Float.BYTES * floats + (long) Integer.BYTES * rows.length;
  }
}
