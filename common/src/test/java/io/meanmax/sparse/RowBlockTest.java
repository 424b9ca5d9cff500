package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.embedding.EmbeddingTable;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowBlockTest {

  private static boolean contains(int[] rows, int row) {
    return IntStream.of(rows).anyMatch(each -> each == row);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 17, 1000})
  void write_givesBackWhatWasRead_andNothingElse(int dimension) {
    EmbeddingTable from = Vectors.table(new Random(1), 50, dimension);
    EmbeddingTable to = new EmbeddingTable(50, dimension);
    int[] rows = {0, 3, 4, 31, 49};
    RowBlock block = new RowBlock(rows.length, dimension);
    block.read(from, rows);
    block.write(to, rows);
    for (int row = 0; row < 50; row++) {
      boolean sent = contains(rows, row);
      assertThat(to.row(row)).containsExactly(sent ? from.row(row) : new float[dimension]);
    }
    Vectors.assertPaddingIsZero(to);
  }

  @Test
  void rowsOfSeveralChunks_areFound() {
    // 4096 rows of 4096 floats fill a chunk of 64 MiB.
    RowBlock block = new RowBlock(4100, 4096);
    assertThat(block.chunk(4095)).isNotSameAs(block.chunk(4096));
    assertThat(block.chunk(4099)).hasSize(4 * 4096);
    assertThat(block.offset(4096)).isZero();
    assertThat(block.offset(4099)).isEqualTo(3 * 4096);
    EmbeddingTable old = Vectors.table(new Random(2), 1, 4096);
    RowBlock other = new RowBlock(1, 4096);
    block.addDifference(4099, 2, other, 0, old, 0);
    assertThat(block.chunk(4099)[3 * 4096 + 5]).isEqualTo(-2 * old.row(0)[5]);
    block.finishDifference(4099, 0.25f, old, 0);
    assertThat(block.chunk(4099)[3 * 4096 + 5]).isEqualTo(old.row(0)[5] / 2);
  }

  @Test
  void noRows_areNoChunks() {
    RowBlock block = new RowBlock(0, 8);
    EmbeddingTable table = Vectors.table(new Random(1), 2, 8);
    float[] before = table.row(1);
    block.read(table, new int[0]);
    block.write(table, new int[0]);
    assertThat(table.row(1)).containsExactly(before);
  }
}
