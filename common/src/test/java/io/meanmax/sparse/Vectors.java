package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.embedding.EmbeddingTable;
import java.util.Random;

/** Random vectors, and how close two of them are. */
final class Vectors {
  private Vectors() {}

  static float[] random(Random random, int length) {
    float[] vector = new float[length];
    for (int i = 0; i < length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  static float[] positive(Random random, int length) {
    float[] vector = random(random, length);
    for (int i = 0; i < length; i++) {
      vector[i] = Math.abs(vector[i]);
    }
    return vector;
  }

  /** A table whose every component is random; the padding is 0, as it always is. */
  static EmbeddingTable table(Random random, int rows, int dimension) {
    EmbeddingTable table = new EmbeddingTable(rows, dimension);
    for (int row = 0; row < rows; row++) {
      table.setRow(row, random(random, dimension), 0);
    }
    return table;
  }

  static int[] ids(Random random, int length, int rows) {
    return random.ints(length, 0, rows).toArray();
  }

  /** Each component differs by no more than the tolerance, times its size where that is above 1. */
  static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
      if (!(Math.abs((double) actual[i] - expected[i]) <= allowed)) {
        assertThat(actual[i]).as("component %d, ± %s", i, allowed).isEqualTo(expected[i]);
      }
    }
  }

  static void assertPaddingIsZero(EmbeddingTable table) {
    for (int row = 0; row < table.rows(); row++) {
      for (int i = table.dimension(); i < table.stride(); i++) {
        if (table.page(row)[table.offset(row) + i] != 0) {
          assertThat(table.page(row)[table.offset(row) + i]).as("row %d, %d", row, i).isZero();
        }
      }
    }
  }
}
