package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.io.Serializable;

/**
 * The rows of a model that a round touched, as they stand after it, with their optimiser state; and
 * the layers, which every example touches. This is what workers and driver send one another: 4
 * bytes for a row's id and 4 for its state beside the 4·d of its vector.
 */
public final class ModelChange implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int CHUNK_FLOATS = 1 << 24;

  final int[] rows;
  final float[] squares;

  /** Vectors without padding, some rows a chunk. */
  private final float[][] vectors;

  private final int dimension;
  private final int rowsOfChunk;
  final float[][] layers;

  private ModelChange(int[] rows, int dimension, float[][] layers) {
    this.rows = rows;
    this.dimension = dimension;
    this.squares = new float[rows.length];
    this.rowsOfChunk = Math.max(1, CHUNK_FLOATS / dimension);
    this.vectors = new float[(rows.length + rowsOfChunk - 1) / rowsOfChunk][];
    for (int chunk = 0; chunk < vectors.length; chunk++) {
      int left = rows.length - chunk * rowsOfChunk;
      vectors[chunk] = new float[Math.min(rowsOfChunk, left) * dimension];
    }
    this.layers = layers;
  }

  /** A change of these rows, all zero. */
  static ModelChange zeros(SparseModel model, int[] rows) {
    float[][] layers = new float[model.layers.size()][];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = new float[model.layers.get(l).size()];
    }
    return new ModelChange(rows, model.spec.dimension(), layers);
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
    EmbeddingTable table = model.embedding;
    for (int index = 0; index < rows.length; index++) {
      table.copyRow(rows[index], change.chunk(index), change.offset(index));
      change.squares[index] = model.squares[rows[index]];
    }
    for (int l = 0; l < change.layers.length; l++) {
      model.layers.get(l).copyTo(change.layers[l]);
    }
    return change;
  }

  /** Overwrites a model's rows and layers with these. */
  public void applyTo(SparseModel model) {
    EmbeddingTable table = model.embedding;
    for (int index = 0; index < rows.length; index++) {
      table.setRow(rows[index], chunk(index), offset(index));
      model.squares[rows[index]] = squares[index];
    }
    for (int l = 0; l < layers.length; l++) {
      model.layers.get(l).copyFrom(layers[l]);
    }
  }

  /** The array that holds the vector of {@code rows[index]}. */
  float[] chunk(int index) {
    return vectors[index / rowsOfChunk];
  }

  /** Where it begins there. */
  int offset(int index) {
    return index % rowsOfChunk * dimension;
  }

  int dimension() {
    return dimension;
  }

  /** How many rows were touched. */
  public int size() {
    return rows.length;
  }

  /** What this takes to send, in bytes, but for a few of framing. */
  public long bytes() {
    long floats = (long) rows.length * (dimension + 1);
    for (float[] layer : layers) {
      floats += layer.length;
    }
    return Float.BYTES * floats + (long) Integer.BYTES * rows.length;
  }
}
