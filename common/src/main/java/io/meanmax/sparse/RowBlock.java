package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.io.Serializable;

/** Some rows of a table, one after another without padding, in chunks of whole rows. */
final class RowBlock implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int CHUNK_FLOATS = 1 << 24;

  private final float[][] chunks;
  private final int dimension;
  private final int rowsOfChunk;

  /** Zeros. */
  RowBlock(int rows, int dimension) {
    this.dimension = dimension;
    this.rowsOfChunk = Math.max(1, CHUNK_FLOATS / dimension);
    this.chunks = new float[(rows + rowsOfChunk - 1) / rowsOfChunk][];
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      int left = rows - chunk * rowsOfChunk;
      chunks[chunk] = new float[Math.min(rowsOfChunk, left) * dimension];
    }
  }

  int dimension() {
    return dimension;
  }

  /** The array that holds the row at {@code index}. */
  float[] chunk(int index) {
    return chunks[index / rowsOfChunk];
  }

  /** Where it begins there. */
  int offset(int index) {
    return index % rowsOfChunk * dimension;
  }

  /** Takes over these rows of a table. */
  void read(EmbeddingTable table, int[] rows) {
    for (int index = 0; index < rows.length; index++) {
      table.copyRow(rows[index], chunk(index), offset(index));
    }
  }

  /** Overwrites these rows of a table. */
  void write(EmbeddingTable table, int[] rows) {
    for (int index = 0; index < rows.length; index++) {
      table.setRow(rows[index], chunk(index), offset(index));
    }
  }

  /** Adds {@code weight·(row of other − row of old)} to the row at {@code index}. */
  void addDifference(
      int index, float weight, RowBlock other, int otherIndex, EmbeddingTable old, int oldRow) {
    float[] to = chunk(index);
    int toOffset = offset(index);
    float[] from = other.chunk(otherIndex);
    int fromOffset = other.offset(otherIndex);
    float[] base = old.page(oldRow);
    int baseOffset = old.offset(oldRow);
    for (int i = 0; i < dimension; i++) {
      to[toOffset + i] += weight * (from[fromOffset + i] - base[baseOffset + i]);
    }
  }

  /** The row at {@code index} becomes {@code row of old + scale·itself}. */
  void finishDifference(int index, float scale, EmbeddingTable old, int oldRow) {
    float[] to = chunk(index);
    int toOffset = offset(index);
    float[] base = old.page(oldRow);
    int baseOffset = old.offset(oldRow);
    for (int i = 0; i < dimension; i++) {
      to[toOffset + i] = base[baseOffset + i] + scale * to[toOffset + i];
    }
  }

  /** Square of {@code row at index − row of old}. */
  double squareOfDifference(int index, EmbeddingTable old, int oldRow) {
    float[] from = chunk(index);
    int offset = offset(index);
    float[] base = old.page(oldRow);
    int baseOffset = old.offset(oldRow);
    double square = 0;
    for (int i = 0; i < dimension; i++) {
      double difference = (double) from[offset + i] - base[baseOffset + i];
      square += difference * difference;
    }
    return square;
  }

  /** Square of the row at {@code index}. */
  double square(int index) {
    float[] row = chunk(index);
    int offset = offset(index);
    double square = 0;
    for (int i = 0; i < dimension; i++) {
      square += (double) row[offset + i] * row[offset + i];
    }
    return square;
  }
}
