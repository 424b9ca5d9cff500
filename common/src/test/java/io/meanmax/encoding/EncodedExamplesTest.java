package io.meanmax.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.Serialized;
import java.util.Random;
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

  @Test
  void add_ofAHundredThousandIds_keepsThem() {
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    int[] ids = new Random(1).ints(100_000, 1, 16_000_000).toArray();
    builder.add(ids, 0, 1);
    assertThat(builder.build().features(0)).isEqualTo(ids);
  }
}
