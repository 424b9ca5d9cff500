package io.meanmax.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentEncoderTest {
  /** a is 2, b is 3, and a word of the corpus is spelt like UNK: 4. */
  private static final Vocabulary VOCABULARY = vocabulary("a", "b", "<unk>");

  private static Vocabulary vocabulary(String... tokens) {
    return Vocabulary.of(
        Stream.concat(
                Stream.of(Vocabulary.padEntry(), Vocabulary.unknownEntry(0)),
                Stream.of(tokens).map(token -> new Vocabulary.Entry(token, 1, 1)))
            .toList());
  }

  private static int[] encode(int maxTokens, String... tokens) {
    return new DocumentEncoder(VOCABULARY, maxTokens).encode(List.of(tokens));
  }

  @Test
  void encode_keepsOrderAndRepetition() {
    assertThat(encode(9, "b", "a", "b", "b")).containsExactly(3, 2, 3, 3);
  }

  @Test
  void encode_leavesOutWhatHasNoId() {
    assertThat(encode(9, "x", "a", "y", "b", "z")).containsExactly(2, 3);
  }

  @Test
  void encode_ofATokenSpeltLikeUnk_keepsIt() {
    assertThat(encode(9, "<unk>", "x", "<pad>")).containsExactly(4);
  }

  @Test
  void encode_ofNothingKnown_isTheSingleIdUnk() {
    assertThat(encode(9)).containsExactly(Vocabulary.UNK);
    assertThat(encode(9, "x", "y")).containsExactly(Vocabulary.UNK);
  }

  @Test
  void encode_cutsBeforeItLooksUp() {
    assertThat(encode(2, "x", "a", "b")).containsExactly(2);
    assertThat(encode(1, "x", "a", "b")).containsExactly(Vocabulary.UNK);
  }

  @Test
  void encode_givesAnArrayOfItsOwn() {
    DocumentEncoder encoder = new DocumentEncoder(VOCABULARY, 9);
    encoder.encode(List.of())[0] = 77;
    assertThat(encoder.encode(List.of())).containsExactly(Vocabulary.UNK);
    int[] first = encoder.encode(List.of("a", "b"));
    assertThat(encoder.encode(List.of("b"))).containsExactly(3);
    assertThat(first).containsExactly(2, 3);
  }

  @Test
  void encode_ofAHundredThousandTokens_keepsThemAll() {
    assertThat(new DocumentEncoder(VOCABULARY, 1_000_000).encode(Collections.nCopies(100_000, "b")))
        .hasSize(100_000)
        .containsOnly(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void maxTokens_belowOne_isRefused(int maxTokens) {
    assertThatThrownBy(() -> new DocumentEncoder(VOCABULARY, maxTokens))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxTokens must be at least 1: " + maxTokens);
  }

  @Test
  void encode_ofRandomDocuments_isWhatThePlainWordsSay() {
    Random random = new Random(5);
    for (int round = 0; round < 500; round++) {
      List<String> tokens = new ArrayList<>();
      random
          .ints(random.nextInt(30), 0, 8)
          .forEach(i -> tokens.add("abcdefgh".substring(i, i + 1)));
      int maxTokens = 1 + random.nextInt(20);
      int[] known =
          tokens.stream()
              .limit(maxTokens)
              .mapToInt(VOCABULARY::id)
              .filter(id -> id != Vocabulary.UNK)
              .toArray();
      assertThat(new DocumentEncoder(VOCABULARY, maxTokens).encode(tokens))
          .isEqualTo(known.length == 0 ? new int[] {Vocabulary.UNK} : known)
          .doesNotContain(Vocabulary.PAD);
    }
  }
}
