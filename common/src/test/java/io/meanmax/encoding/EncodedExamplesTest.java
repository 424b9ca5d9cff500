package io.meanmax.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.Serialized;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedExamplesTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 1021, 1024, 1025, 5000})
  void build_ofAnyNumber_keepsEveryColumn(int size) throws Exception {
    EncodedExamples examples = Serialized.copy(random(size));

    Random random = new Random(size);
    long words = 0;
    assertThat(examples.size()).isEqualTo(size);
    for (int example = 0; example < size; example++) {
      int[] ids = ids(random);
      words += ids.length;
      assertThat(examples.features(example)).isEqualTo(ids);
      assertThat(examples.label(example)).isEqualTo(random.nextInt(50));
      assertThat(examples.weight(example)).isEqualTo(random.nextFloat());
    }
    assertThat(examples.words()).isEqualTo(words);
  }

  private static EncodedExamples random(int size) {
    Random random = new Random(size);
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    for (int example = 0; example < size; example++) {
      builder.add(ids(random), random.nextInt(50), random.nextFloat());
    }
    return builder.build();
  }

  private static int[] ids(Random random) {
    return random.ints(1 + random.nextInt(9), 1, 1000).toArray();
  }

  @Test
  void build_isNotChangedByWhatIsAddedLater() {
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    builder.add(new int[] {2}, 0, 1);
    EncodedExamples one = builder.build();
    builder.add(new int[] {3, 4}, 1, 2);

    assertThat(one.size()).isEqualTo(1);
    assertThat(one.words()).isEqualTo(1);
    assertThat(builder.build().words()).isEqualTo(3);
  }

  @Test
  void add_ofNoIds_isRefused() {
    assertThatThrownBy(() -> new EncodedExamples.Builder().add(new int[0], 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An example needs at least one id (UNK if all else fails)");
  }

  /** So many that they take several chunks, and one that is larger than a chunk. */
  @Test
  void add_ofVeryLongExamples_keepsThem() {
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    int[] lengths = IntStream.range(0, 60).map(e -> e == 50 ? 5_000_000 : 100_000 + e).toArray();
    for (int example = 0; example < lengths.length; example++) {
      builder.add(ofLength(lengths[example]), example, 1f / (1 + example));
    }
    EncodedExamples examples = builder.build();
    for (int example = 0; example < lengths.length; example++) {
      assertThat(examples.features(example)).isEqualTo(ofLength(lengths[example]));
      assertThat(examples.label(example)).isEqualTo(example);
      assertThat(examples.weight(example)).isEqualTo(1f / (1 + example));
    }
    int[] order = IntStream.range(0, lengths.length).map(e -> lengths.length - 1 - e).toArray();
    assertThatNoException().isThrownBy(() -> examples.readAhead(order, 0, order.length));
  }

  private static int[] ofLength(int length) {
    return new Random(length).ints(length, 1, 16_000_000).toArray();
  }

  /** Every sixteenth id and the last, for an example may begin in the middle of a cache line. */
  @Test
  void readAhead_readsAllLinesOfWhatTheOrderTakes() {
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    int[] ids = new int[20];
    ids[0] = 1000;
    ids[16] = 50_000;
    ids[19] = 300;
    builder.add(ids, 0, 1);
    builder.add(new int[] {7_000_000, 40}, 0, 1);
    builder.add(new int[] {900_000_000}, 0, 1);
    EncodedExamples examples = builder.build();
    int starts = examples.start(0) + examples.start(1);
    assertThat(examples.readAhead(new int[] {2, 1, 0}, 1, 3)).isEqualTo(7_051_340 + starts);
    assertThat(examples.readAhead(new int[] {2, 1, 0}, 3, 3)).isZero();
  }

  /** What comes after 65,536 ids is not read. */
  @Test
  void readAhead_leavesTheCacheToOthers() {
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    int[] ids = new int[70_000];
    ids[65_535] = 20_000_000;
    ids[65_536] = 100_000_000;
    builder.add(ids, 0, 1);
    builder.add(new int[] {900_000_000}, 0, 1);
    EncodedExamples examples = builder.build();
    int starts = examples.start(0) + examples.start(1);
    assertThat(examples.readAhead(new int[] {0, 1}, 0, 2)).isEqualTo(20_000_000 + starts);
  }
}
