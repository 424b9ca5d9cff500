package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.util.Arrays;
import java.util.List;

/** The child process of {@link LargeTableIT}: its table takes more memory than tests have. */
final class LargeTableProcess {
  private static final int DIMENSION = 16;

  /** 2³¹ floats, and some more. */
  static final int ROWS = (int) ((1L << 31) / DIMENSION) + 1000;

  private LargeTableProcess() {}

  public static void main(String[] args) {
    EmbeddingTable table = new EmbeddingTable(ROWS, DIMENSION);
    int[] ids = {1, ROWS / 2, ROWS - 2, ROWS - 1};
    for (VectorMath math : List.of(new ScalarMath(), MathSelection.SELECTED)) {
      for (int id : ids) {
        float[] row = new float[DIMENSION];
        Arrays.fill(row, id % 1000);
        table.setRow(id, row, 0);
      }
      check(math, table, ids);
    }
    System.out.println("ok " + MathSelection.SELECTED.name());
  }

  private static void check(VectorMath math, EmbeddingTable table, int[] ids) {
    float[] sum = new float[table.stride()];
    math.sum(table, ids, 0, ids.length, sum);
    require(math, "sum", sum[DIMENSION - 1], Arrays.stream(ids).map(id -> id % 1000).sum());
    float[] max = new float[table.stride()];
    int[] winners = new int[table.stride()];
    math.max(table, ids, 0, ids.length, max, winners);
    require(math, "max", max[0], Arrays.stream(ids).map(id -> id % 1000).max().orElseThrow());
    float[] gradient = new float[table.stride()];
    Arrays.fill(gradient, 1);
    math.scatter(table, ids, 0, ids.length, new float[] {1, 2, 3, 4}, gradient);
    for (int p = 0; p < ids.length; p++) {
      require(math, "row " + ids[p], table.row(ids[p])[0], ids[p] % 1000 - p - 1);
    }
    require(math, "a row between", table.row(ids[1] + 1)[0], 0);
  }

  private static void require(VectorMath math, String what, float found, float expected) {
    if (found != expected) {
      throw new AssertionError(
          "%s, %s: expected %s, found %s".formatted(math.name(), what, expected, found));
    }
  }
}
