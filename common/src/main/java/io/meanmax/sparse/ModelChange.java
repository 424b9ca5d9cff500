package io.meanmax.sparse;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The rows of a model that a round touched, or those of a range of ids, as they stand after it,
 * with their optimiser state; and the layers, which every example touches, with the rows from 0 on.
 * This is what workers and driver send one another: 4 bytes for a row's id and 4 for its state
 * beside the 4·d of its vector and of each of its moments.
 */
public final class ModelChange implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long LEAST_PIECE = 16L << 20;
  private static final long MOST_PIECE = 48L << 20;
  private static final int PIECES = 8;

  final int[] rows;

  /** The state of each row. */
  final float[] rowState;

  /** The vectors of the rows, then their moments. */
  final RowBlock[] blocks;

  /** Each layer with its state; none where the change is of rows from a later one on. */
  final float[][] layers;

  private ModelChange(int[] rows, RowBlock[] blocks, float[][] layers) {
    this.rows = rows;
    this.rowState = new float[rows.length];
    this.blocks = blocks;
    this.layers = layers;
  }

  /** A change of these rows, all zero. */
  static ModelChange zeros(SparseModel model, int[] rows, boolean withLayers) {
    RowBlock[] blocks = new RowBlock[model.tables().length];
    for (int block = 0; block < blocks.length; block++) {
      blocks[block] = new RowBlock(rows.length, model.spec.dimension());
    }
    float[][] layers = new float[withLayers ? model.layers.size() : 0][];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = new float[model.layers.get(l).size()];
    }
    return new ModelChange(rows, blocks, layers);
  }

  /** What was touched since the last call, which is forgotten now. */
  public static ModelChange take(SparseModel model) {
    ModelChange change = touched(model, 0, model.touched.length);
    model.forgetTouched();
    return change;
  }

  /**
   * Of the rows {@code [from, to)}, those that were touched since {@link
   * SparseModel#forgetTouched}.
   */
  public static ModelChange touched(SparseModel model, int from, int to) {
    int[] rows = new int[countTouched(model, from, to)];
    int index = 0;
    for (int row = from; row < to; row++) {
      if (model.touched[row] != 0) {
        rows[index++] = row;
      }
    }
    return copy(model, rows, from == 0);
  }

  /** How many rows were touched since {@link SparseModel#forgetTouched}. */
  public static int countTouched(SparseModel model) {
    return countTouched(model, 0, model.touched.length);
  }

  private static int countTouched(SparseModel model, int from, int to) {
    int count = 0;
    for (int row = from; row < to; row++) {
      count += model.touched[row];
    }
    return count;
  }

  /**
   * Bytes of changes that are to travel together, at most: an executor holds some four copies of
   * them on their way, beside its model; with smaller ones there are more stages.
   *
   * @param all what all rows of the model take
   */
  public static long bytesOfPiece(long all) {
    return Math.max(LEAST_PIECE, Math.min(MOST_PIECE, all / PIECES));
  }

  /** What a row of a model takes to send. */
  public static long bytesOfRow(SparseModel model) {
    return bytesOfRow(model.spec.dimension(), model.tables().length);
  }

  private static long bytesOfRow(int dimension, int tables) {
    return Integer.BYTES + Float.BYTES * (1L + (long) tables * dimension);
  }

  /** These rows as they stand in a model. */
  static ModelChange copy(SparseModel model, int[] rows, boolean withLayers) {
    ModelChange change = zeros(model, rows, withLayers);
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

  /** Where the first of the rows from {@code id} on stands. */
  int placeOf(int id) {
    int place = Arrays.binarySearch(rows, id);
    return place < 0 ? -1 - place : place;
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
    long bytes = rows.length * bytesOfRow(blocks[0].dimension(), blocks.length);
    for (float[] layer : layers) {
      bytes += (long) Float.BYTES * layer.length;
    }
    return bytes;
  }
}
