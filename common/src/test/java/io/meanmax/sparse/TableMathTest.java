package io.meanmax.sparse;

import static io.meanmax.sparse.Vectors.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.embedding.EmbeddingTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The loops over rows of a table: each against doubles, one row and component at a time. */
class TableMathTest {
  private static final int ROWS = 37;
  private static final VectorMath[] BOTH = {new ScalarMath(), MathSelection.SELECTED};
  private static final double ULP = Math.ulp(1f);

  /** Dimension, ids, place of the first. */
  static List<int[]> shapes() {
    List<int[]> shapes = new ArrayList<>();
    for (int dimension : new int[] {1, 7, 15, 16, 17, 40, 50, 80, 90, 100, 128, 140, 1000, 2048}) {
      for (int count : new int[] {1, 2, 3, 17, 500}) {
        shapes.add(new int[] {dimension, count, count % 5});
      }
    }
    return shapes;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void sum_addsTheRows(int[] shape) {
    Random random = new Random(1);
    EmbeddingTable table = Vectors.table(random, ROWS, shape[0]);
    int[] ids = Vectors.ids(random, shape[1] + 9, ROWS);
    assertSums(table, ids, shape[2], shape[1]);
  }

  private static void assertSums(EmbeddingTable table, int[] ids, int from, int count) {
    float[] expected = new float[table.stride()];
    for (int i = 0; i < table.dimension(); i++) {
      double sum = 0;
      for (int p = 0; p < count; p++) {
        sum += table.page(ids[from + p])[table.offset(ids[from + p]) + i];
      }
      expected[i] = (float) sum;
    }
    for (VectorMath math : BOTH) {
      float[] actual = Vectors.random(new Random(2), table.stride());
      math.sum(table, ids, from, count, actual);
      assertClose(actual, expected, ULP * count);
      assertThat(actual).endsWith(new float[table.stride() - table.dimension()]);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void max_namesTheFirstRowThatHasIt(int[] shape) {
    Random random = new Random(1);
    EmbeddingTable table = Vectors.table(random, ROWS, shape[0]);
    int[] ids = Vectors.ids(random, shape[1] + 9, ROWS);
    float[] expected = new float[table.stride()];
    int[] expectedWinners = new int[table.stride()];
    for (int i = 0; i < table.dimension(); i++) {
      expected[i] = Float.NEGATIVE_INFINITY;
      for (int p = 0; p < shape[1]; p++) {
        float value = table.row(ids[shape[2] + p])[i];
        if (value > expected[i]) {
          expected[i] = value;
          expectedWinners[i] = p;
        }
      }
    }
    for (VectorMath math : BOTH) {
      float[] actual = Vectors.random(random, table.stride());
      int[] winners = Vectors.ids(random, table.stride(), 1000);
      math.max(table, ids, shape[2], shape[1], actual, winners);
      assertThat(actual).containsExactly(expected);
      assertThat(winners).containsExactly(expectedWinners);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void scatter_movesEachRow_asOftenAsItStandsThere(int[] shape) {
    int[] ids = Vectors.ids(new Random(3), shape[1] + 9, ROWS);
    float[] steps = Vectors.positive(new Random(4), shape[1] + 3);
    EmbeddingTable before = Vectors.table(new Random(1), ROWS, shape[0]);
    float[] g = new float[before.stride()];
    System.arraycopy(Vectors.random(new Random(5), shape[0]), 0, g, 0, shape[0]);
    for (VectorMath math : BOTH) {
      EmbeddingTable after = Vectors.table(new Random(1), ROWS, shape[0]);
      math.scatter(after, ids, shape[2], shape[1], steps, g);
      for (int row = 0; row < ROWS; row++) {
        double step = 0;
        for (int p = 0; p < shape[1]; p++) {
          step += ids[shape[2] + p] == row ? steps[p] : 0;
        }
        float[] expected = before.row(row);
        for (int i = 0; i < shape[0]; i++) {
          expected[i] = (float) (expected[i] - step * g[i]);
        }
        assertClose(after.row(row), expected, 4 * ULP * Math.max(4, shape[1]));
      }
      Vectors.assertPaddingIsZero(after);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void adagrad_dividesByTheRootOfTheSum_asOftenAsARowStandsThere(int[] shape) {
    int count = Math.min(shape[1], 17);
    int[] ids = Vectors.ids(new Random(3), count + 9, ROWS);
    EmbeddingTable weights = Vectors.table(new Random(1), ROWS, shape[0]);
    EmbeddingTable sums = new EmbeddingTable(ROWS, shape[0]);
    for (int row = 1; row < ROWS; row++) { // Row 0 has not moved yet.
      sums.setRow(row, Vectors.positive(new Random(row), shape[0]), 0);
    }
    float[] g = Arrays.copyOf(Vectors.random(new Random(5), shape[0]), weights.stride());
    g[shape[0] / 2] = 0;
    double[][] expectedWeights = doubles(weights);
    double[][] expectedSums = doubles(sums);
    for (int p = shape[2]; p < shape[2] + count; p++) {
      double[] w = expectedWeights[ids[p]];
      double[] s = expectedSums[ids[p]];
      for (int i = 0; i < shape[0]; i++) {
        s[i] += (double) g[i] * g[i];
        w[i] -= 0.1 * g[i] / Math.sqrt(s[i] + 1e-8);
      }
    }
    for (VectorMath math : BOTH) {
      EmbeddingTable actualWeights = Vectors.table(new Random(1), ROWS, shape[0]);
      EmbeddingTable actualSums = new EmbeddingTable(ROWS, shape[0]);
      for (int row = 1; row < ROWS; row++) {
        actualSums.setRow(row, sums.row(row), 0);
      }
      math.adagrad(0.1f, g, actualWeights, actualSums, ids, shape[2], count);
      for (int row = 0; row < ROWS; row++) {
        assertClose(actualWeights.row(row), floats(expectedWeights[row]), 4 * ULP * count);
        assertClose(actualSums.row(row), floats(expectedSums[row]), 4 * ULP * count);
      }
      Vectors.assertPaddingIsZero(actualWeights);
      Vectors.assertPaddingIsZero(actualSums);
    }
  }

  private static double[][] doubles(EmbeddingTable table) {
    double[][] rows = new double[table.rows()][table.dimension()];
    for (int row = 0; row < rows.length; row++) {
      float[] floats = table.row(row);
      for (int i = 0; i < floats.length; i++) {
        rows[row][i] = floats[i];
      }
    }
    return rows;
  }

  private static float[] floats(double[] row) {
    float[] floats = new float[row.length];
    for (int i = 0; i < row.length; i++) {
      floats[i] = (float) row[i];
    }
    return floats;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gemv_addsAProductForEachUnit_andLeavesTheRestAlone(int[] shape) {
    int units = Math.min(shape[1], ROWS);
    EmbeddingTable w = Vectors.table(new Random(1), ROWS, shape[0]);
    float[] x = Arrays.copyOf(Vectors.random(new Random(5), shape[0]), w.stride());
    double[][] weights = doubles(w);
    float[] y = Vectors.random(new Random(6), EmbeddingTable.padded(units));
    float[] expected = y.clone();
    double size = 1;
    for (int unit = 0; unit < units; unit++) {
      double product = y[unit];
      double absolute = 0;
      for (int i = 0; i < shape[0]; i++) {
        product += weights[unit][i] * x[i];
        absolute += Math.abs(weights[unit][i] * x[i]);
      }
      expected[unit] = (float) product;
      size = Math.max(size, absolute);
    }
    for (VectorMath math : BOTH) {
      float[] actual = y.clone();
      math.gemv(w, units, x, actual, Vectors.random(new Random(2), VectorMath.SCRATCH));
      assertClose(actual, expected, 4 * ULP * size);
      assertThat(Arrays.copyOfRange(actual, units, actual.length))
          .containsExactly(Arrays.copyOfRange(y, units, y.length));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void backward_addsTheGradientOfTheWeightsAsTheyWere_thenMovesThoseOfTheUnitsNamed(int[] shape) {
    Random random = new Random(7);
    int count = Math.min(shape[1], ROWS);
    int[] units = random.ints(0, ROWS).distinct().limit(count).sorted().toArray();
    float[] deltas = Vectors.random(random, count);
    float[] steps = Vectors.positive(random, count);
    EmbeddingTable before = Vectors.table(new Random(1), ROWS, shape[0]);
    float[] x = Arrays.copyOf(Vectors.random(random, shape[0]), before.stride());
    float[] g = Arrays.copyOf(Vectors.random(random, shape[0]), before.stride());
    float[] expectedG = g.clone();
    float[][] expectedRows = IntStream.range(0, ROWS).mapToObj(before::row).toArray(float[][]::new);
    for (int i = 0; i < shape[0]; i++) {
      double sum = g[i];
      for (int p = 0; p < count; p++) {
        double weight = expectedRows[units[p]][i];
        sum += deltas[p] * weight;
        expectedRows[units[p]][i] = (float) (weight - (double) steps[p] * deltas[p] * x[i]);
      }
      expectedG[i] = (float) sum;
    }
    for (VectorMath math : BOTH) {
      EmbeddingTable after = Vectors.table(new Random(1), ROWS, shape[0]);
      float[] actualG = g.clone();
      math.backward(after, units, count, deltas, steps, x, actualG);
      assertClose(actualG, expectedG, ULP * Math.max(4, count));
      for (int row = 0; row < ROWS; row++) {
        assertClose(after.row(row), expectedRows[row], 4 * ULP);
      }
      Vectors.assertPaddingIsZero(after);
    }
  }

  @Test
  void rows_ofSeveralPages_areFound() {
    // 8192 rows of 2040 floats fill a page of 64 MiB.
    EmbeddingTable table = new EmbeddingTable(8200, 2040);
    assertThat(table.page(8191)).isNotSameAs(table.page(8192));
    Random random = new Random(6);
    int[] ids = {8199, 0, 8191, 8192, 8199};
    for (int id : ids) {
      table.setRow(id, Vectors.random(random, 2040), 0);
    }
    assertSums(table, ids, 0, ids.length);
    assertSums(table, ids, 2, 2);
    float[] before = table.row(8192);
    for (VectorMath math : BOTH) {
      table.setRow(8192, before, 0);
      math.scatter(table, ids, 2, 2, new float[] {0, 0.5f}, padded(before, table));
      assertClose(table.row(8192), halfOf(before), ULP);
    }
    float[] max = new float[table.stride()];
    int[] winners = new int[table.stride()];
    float[] otherMax = new float[table.stride()];
    int[] otherWinners = new int[table.stride()];
    BOTH[0].max(table, ids, 0, ids.length, max, winners);
    BOTH[1].max(table, ids, 0, ids.length, otherMax, otherWinners);
    assertThat(otherMax).containsExactly(max);
    assertThat(otherWinners).containsExactly(winners);
    assertThat(winners).contains(0, 1, 2, 3).doesNotContain(4);
  }

  @Test
  void rows_ofTheHeadAndBeyond_areFound() {
    EmbeddingTable shared = Vectors.table(new Random(1), 2100, 80);
    EmbeddingTable table = shared.withOwnHead();
    table.ownFirst(2048);
    for (int row = 0; row < 2048; row++) {
      table.setRow(row, shared.row(row), 0);
    }
    assertThat(table.page(2047)).isNotSameAs(table.page(2048));
    int[] ids = {2099, 0, 2047, 2048, 2099};
    assertSums(table, ids, 0, ids.length);
    float[][] max = new float[2][table.stride()];
    int[][] winners = new int[2][table.stride()];
    for (int math = 0; math < 2; math++) {
      BOTH[math].max(table, ids, 0, ids.length, max[math], winners[math]);
    }
    assertThat(max[1]).containsExactly(max[0]);
    assertThat(winners[1]).containsExactly(winners[0]);
    assertThat(winners[0]).contains(0, 1, 2, 3).doesNotContain(4);
    for (int id : new int[] {2047, 2048}) {
      float[] before = table.row(id);
      float[] g = padded(before, table);
      for (VectorMath math : BOTH) {
        table.setRow(id, before, 0);
        math.scatter(table, new int[] {id}, 0, 1, new float[] {0.5f}, g);
        assertClose(table.row(id), halfOf(before), ULP);
        float[] sum = new float[table.stride()];
        math.backward(table, new int[] {id}, 1, new float[] {1}, new float[] {1}, halfOf(g), sum);
        assertClose(sum, halfOf(g), ULP);
        assertThat(table.row(id)).containsOnly(0);
      }
      table.setRow(id, before, 0);
    }
  }

  /** Rows 0 to 2,040 are the table's own, the others shared. */
  @Test
  void units_onBothSidesOfAPagesEnd_areFound() {
    int dimension = 40;
    EmbeddingTable whole = Vectors.table(new Random(1), 2100, dimension);
    float[] x = padded(Vectors.random(new Random(2), dimension), whole);
    int[] units = {0, 2039, 2040, 2041, 2042, 2099};
    float[] deltas = Vectors.random(new Random(3), units.length);
    float[] steps = Vectors.positive(new Random(4), units.length);
    float[] expectedY = new float[EmbeddingTable.padded(2100)];
    BOTH[0].gemv(whole, 2100, x, expectedY, new float[VectorMath.SCRATCH]);
    for (VectorMath math : BOTH) {
      EmbeddingTable table = whole.withOwnHead();
      table.ownFirst(2041);
      for (int row = 0; row < 2041; row++) {
        table.setRow(row, whole.row(row), 0);
      }
      float[] y = new float[expectedY.length];
      math.gemv(table, 2100, x, y, new float[VectorMath.SCRATCH]);
      assertClose(y, expectedY, 8 * ULP * dimension);
      float[][] rows = IntStream.of(units).mapToObj(table::row).toArray(float[][]::new);
      float[] g = new float[table.stride()];
      math.backward(table, units, units.length, deltas, steps, x, g);
      float[] expectedG = new float[table.stride()];
      for (int p = 0; p < units.length; p++) {
        for (int i = 0; i < dimension; i++) {
          expectedG[i] += deltas[p] * rows[p][i];
          rows[p][i] -= steps[p] * deltas[p] * x[i];
        }
        assertClose(table.row(units[p]), rows[p], 4 * ULP);
      }
      assertClose(g, expectedG, 8 * ULP);
      for (int unit : new int[] {2041, 2042, 2099}) {
        whole.setRow(unit, Vectors.table(new Random(1), 2100, dimension).row(unit), 0);
      }
    }
  }

  private static float[] halfOf(float[] row) {
    float[] half = new float[row.length];
    for (int i = 0; i < row.length; i++) {
      half[i] = row[i] / 2;
    }
    return half;
  }

  private static float[] padded(float[] row, EmbeddingTable table) {
    return Arrays.copyOf(row, table.stride());
  }
}
