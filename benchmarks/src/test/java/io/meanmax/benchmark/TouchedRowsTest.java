package io.meanmax.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.encoding.EncodedExamples;
import org.junit.jupiter.api.Test;

/** Three documents of two words, the first of them the same in all. */
class TouchedRowsTest {
  private static final int VOCABULARY = 7;

  private static TouchedRows touched() {
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    for (int own = 3; own < 6; own++) {
      builder.add(new int[] {2, own}, 0, 1);
    }
    return new TouchedRows(builder.build(), VOCABULARY);
  }

  @Test
  void rows_areCountedOnce() {
    assertThat(touched().of(1)).isEqualTo(1);
    assertThat(touched().of(2)).isEqualTo(2);
    assertThat(touched().of(4)).isEqualTo(3);
  }

  @Test
  void moreWordsThanThereAre_touchAllRows() {
    assertThat(touched().of(6)).isEqualTo(4);
    assertThat(touched().of(1e9)).isEqualTo(4);
  }

  @Test
  void rows_goOnAtTheFirstDocument_afterTheLast() {
    assertThat(touched().rows(2, 4)).hasSize(3).startsWith(2).isSorted();
    assertThat(touched().rows(0, 6)).containsExactly(2, 3, 4, 5);
  }
}
