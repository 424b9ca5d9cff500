package io.meanmax.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaddedBatchTest {

  @Test
  void of_documentsOfUnequalLength_padsAtTheEnd() {
    PaddedBatch batch =
        PaddedBatch.of(List.of(new int[] {2}, new int[] {3, 4, 5}, new int[] {1, 6}));
    assertThat(batch.size()).isEqualTo(3);
    assertThat(batch.features()).isDeepEqualTo(new float[][] {{2, 0, 0}, {3, 4, 5}, {1, 6, 0}});
    assertThat(batch.mask()).isDeepEqualTo(new float[][] {{1, 0, 0}, {1, 1, 1}, {1, 1, 0}});
  }

  @Test
  void of_aGivenLength_padsToIt() {
    PaddedBatch batch = PaddedBatch.of(List.of(new int[] {2, 3}), 4);
    assertThat(batch.features()).isDeepEqualTo(new float[][] {{2, 3, 0, 0}});
    assertThat(batch.mask()).isDeepEqualTo(new float[][] {{1, 1, 0, 0}});
  }

  @Test
  void of_aDocumentThatHoldsPad_masksIt() {
    assertThat(PaddedBatch.of(List.of(new int[] {0, 2, 0, 3})).mask())
        .isDeepEqualTo(new float[][] {{0, 1, 0, 1}});
  }

  @Test
  void of_noDocuments_isEmpty() {
    assertThat(PaddedBatch.of(List.of()).size()).isZero();
  }

  @Test
  void of_theLargestId_isExact() {
    assertThat(PaddedBatch.of(List.of(new int[] {16_000_001})).features()[0][0])
        .isEqualTo(16_000_001f);
    assertThat((int) PaddedBatch.of(List.of(new int[] {16_777_215})).features()[0][0])
        .isEqualTo(16_777_215);
  }

  @Test
  void of_aDocumentThatDoesNotFit_isRefused() {
    assertThatThrownBy(() -> PaddedBatch.of(List.of(new int[] {2, 3, 4}), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A document of 3 ids cannot be padded to 2");
    assertThatThrownBy(() -> PaddedBatch.of(List.of(new int[] {2}, new int[0])))
        .hasMessage("A document of 0 ids cannot be padded to 1");
  }

  @Test
  void of_aDocumentThatWouldBeMaskedWhole_isRefused() {
    assertThatThrownBy(() -> PaddedBatch.of(List.of(new int[] {2}, new int[] {0, 0})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Document 1 of a batch holds nothing but PAD");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1021})
  void of_randomDocuments_givesThemBackUnderTheMask(int size) {
    Random random = new Random(size);
    List<int[]> documents =
        Stream.generate(() -> random.ints(1 + random.nextInt(40), 1, 16_000_002).toArray())
            .limit(size)
            .toList();
    int longest = documents.stream().mapToInt(ids -> ids.length).max().orElseThrow();
    for (int tokens : new int[] {longest, longest + 1, 2 * longest}) {
      PaddedBatch batch = PaddedBatch.of(documents, tokens);
      for (int row = 0; row < size; row++) {
        int[] ids = documents.get(row);
        assertThat(batch.features()[row]).hasSize(tokens);
        for (int position = 0; position < tokens; position++) {
          boolean real = position < ids.length;
          assertThat(batch.mask()[row][position]).isEqualTo(real ? 1 : 0);
          assertThat(batch.features()[row][position]).isEqualTo(real ? ids[position] : 0);
        }
      }
    }
  }

  @Test
  void of_aHundredThousandTokensBesideOne_padsTheOne() {
    int[] large = new Random(1).ints(100_000, 1, 1000).toArray();
    PaddedBatch batch = PaddedBatch.of(List.of(large, new int[] {7}));
    assertThat(batch.features()[0][99_999]).isEqualTo(large[99_999]);
    assertThat(batch.mask()[0]).containsOnly(1);
    assertThat(batch.mask()[1]).hasSize(100_000).startsWith(1, 0).endsWith(0);
  }
}
