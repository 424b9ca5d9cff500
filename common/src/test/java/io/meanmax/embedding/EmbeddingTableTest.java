package io.meanmax.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.Serialized;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EmbeddingTableTest {

  /** rows, dimension, floats of a page. */
  static List<int[]> shapes() {
    List<int[]> shapes = new ArrayList<>();
    for (int rows : new int[] {1, 2, 7, 64, 1021}) {
      for (int dimension : new int[] {1, 3, 7, 50, 300}) {
        for (int pageFloats : new int[] {1, 2, 12, 64, 1000, 1 << 24}) {
          shapes.add(new int[] {rows, dimension, pageFloats});
        }
      }
    }
    return shapes;
  }

  /** Every component differs from every other. */
  private static EmbeddingTable numbered(int[] shape) {
    EmbeddingTable table = new EmbeddingTable(shape[0], shape[1], shape[2]);
    for (int row = 0; row < table.rows(); row++) {
      for (int i = 0; i < table.dimension(); i++) {
        table.page(row)[table.offset(row) + i] = row * table.dimension() + i + 1;
      }
    }
    return table;
  }

  private static void assertNumbered(EmbeddingTable table) {
    for (int row = 0; row < table.rows(); row++) {
      float[] vector = table.row(row);
      assertThat(vector).hasSize(table.dimension());
      for (int i = 0; i < table.dimension(); i++) {
        if (vector[i] != row * table.dimension() + i + 1) {
          assertThat(vector[i]).isEqualTo(row * table.dimension() + i + 1);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void rows_neverShareAFloat(int[] shape) {
    assertNumbered(numbered(shape));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void padding_staysZero(int[] shape) {
    EmbeddingTable table = numbered(shape);
    assertThat(table.stride()).isEqualTo(EmbeddingTable.padded(table.dimension()));
    for (int row = 0; row < table.rows(); row++) {
      for (int i = table.dimension(); i < table.stride(); i++) {
        assertThat(table.page(row)[table.offset(row) + i]).isZero();
      }
    }
  }

  /** A row of 300 takes 304 floats, so that the head of at most 2^18 has 512 rows. */
  @Test
  void ownRows_areCopies_andAllElseIsShared() {
    EmbeddingTable table = numbered(new int[] {1021, 300, 1 << 24});
    EmbeddingTable other = table.withOwnHead();
    assertNumbered(other);
    assertThat(other.headRows()).isEqualTo(table.headRows()).isEqualTo(512);
    for (int own : new int[] {0, 1, 300, 512}) {
      other.ownFirst(own);
      for (int row = 0; row < own; row++) {
        other.setRow(row, table.page(row), table.offset(row));
      }
      assertNumbered(other);
      for (int row : new int[] {0, 299, 300, 511, 512, 1020}) {
        other.page(row)[other.offset(row)] = -1;
        assertThat(table.row(row)[0]).isEqualTo(row < own ? row * 300 + 1 : -1);
        assertThat(other.row(row)[0]).isEqualTo(-1);
        other.page(row)[other.offset(row)] = row * 300 + 1;
      }
    }
    assertThat(other.page(0)).hasSizeLessThan(1 << 18);
  }

  @Test
  void ownRows_thatThereIsNoRoomFor_areRefused() {
    EmbeddingTable table = numbered(new int[] {1021, 300, 1 << 24});
    assertThatThrownBy(() -> table.ownFirst(1)).isInstanceOf(IllegalArgumentException.class);
    EmbeddingTable other = table.withOwnHead();
    assertThatThrownBy(() -> other.ownFirst(513)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> other.ownFirst(-1)).isInstanceOf(IllegalArgumentException.class);
    assertNumbered(other);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void ownHead_isOfAnyTable(int[] shape) {
    EmbeddingTable table = numbered(shape);
    EmbeddingTable other = table.withOwnHead();
    other.ownFirst(other.headRows());
    for (int row = 0; row < table.rows(); row++) {
      assertThat(other.offset(row)).isEqualTo(table.offset(row));
      if (row < table.headRows()) {
        assertThat(other.page(row)).isNotSameAs(table.page(row));
      } else {
        assertThat(other.page(row)).isSameAs(table.page(row));
      }
    }
  }

  @Test
  void pages_holdAPowerOfTwoOfRows() {
    // A row of 5 takes 16 floats, so 32 hold 2 rows; 5 rows are 2 pages of two and one of one.
    EmbeddingTable table = new EmbeddingTable(5, 5, 32);
    assertThat(table.page(0)).isSameAs(table.page(1)).isNotSameAs(table.page(2));
    assertThat(table.page(2)).isSameAs(table.page(3)).isNotSameAs(table.page(4));
    assertThat(table.offset(3) - table.offset(2)).isEqualTo(16);
    assertThat(table.offset(4)).isEqualTo(table.offset(0));
  }

  @Test
  void rows_beginOnCacheLines_whereArraysDo() {
    EmbeddingTable table = new EmbeddingTable(3, 80);
    int arrayHeaderBytes = 16;
    assertThat((arrayHeaderBytes + Float.BYTES * table.offset(0)) % 64).isZero();
    assertThat(Float.BYTES * table.stride() % 64).isZero();
  }

  @Test
  void new_isZero() {
    assertThat(new EmbeddingTable(7, 3).row(6)).containsExactly(0, 0, 0);
  }

  @Test
  void row_isACopy() {
    EmbeddingTable table = numbered(new int[] {3, 2, 4});
    table.row(1)[0] = 99;
    assertThat(table.row(1)).containsExactly(3, 4);
  }

  @Test
  void row_outsideTheTable_isRefused() {
    EmbeddingTable table = new EmbeddingTable(5, 3, 12);
    assertThatThrownBy(() -> table.row(5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> table.row(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> table.row(1000)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "3, 0", "-1, 3"})
  void shape_withoutRowsOrColumns_isRefused(int rows, int dimension) {
    assertThatThrownBy(() -> new EmbeddingTable(rows, dimension))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "An embedding table has at least one row and column: [%d, %d]", rows, dimension);
  }

  @Test
  void serialization_roundTripIsExact() throws Exception {
    for (int[] shape : List.of(new int[] {1021, 7, 64}, new int[] {1021, 300, 1 << 24})) {
      EmbeddingTable copy = Serialized.copy(numbered(shape));
      assertThat(copy.rows()).isEqualTo(1021);
      assertNumbered(copy);
    }
  }

  /** Several stretches of rows have one page, which must not become several. */
  @Test
  void serialization_keepsPagesWhole() throws Exception {
    EmbeddingTable copy = Serialized.copy(numbered(new int[] {40_000, 7, 1 << 24}));
    assertThat(copy.headRows()).isEqualTo(16_384);
    assertThat(copy.page(0))
        .isSameAs(copy.page(16_383))
        .isSameAs(copy.page(16_384))
        .isSameAs(copy.page(39_999));
  }
}
