package io.meanmax.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.Serialized;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

  private static Vocabulary of(String... tokens) {
    return Vocabulary.of(
        Stream.concat(
                Stream.of(Vocabulary.padEntry(), Vocabulary.unknownEntry(9)),
                Stream.of(tokens).map(token -> new Vocabulary.Entry(token, 5, 3)))
            .toList());
  }

  @Test
  void ids_beginWithPadAndUnknown() {
    Vocabulary vocabulary = of("a", "中文", "𝄞");
    assertThat(vocabulary.size()).isEqualTo(5);
    assertThat(vocabulary.token(Vocabulary.PAD)).isEqualTo("<pad>");
    assertThat(vocabulary.token(Vocabulary.UNK)).isEqualTo("<unk>");
    assertThat(vocabulary.id("a")).isEqualTo(2);
    assertThat(vocabulary.id("中文")).isEqualTo(3);
    assertThat(vocabulary.id("𝄞")).isEqualTo(4);
    assertThat(vocabulary.token(4)).isEqualTo("𝄞");
  }

  @Test
  void entries_ofPadAndUnknown_countOnlyWhatHasNoId() {
    assertThat(Vocabulary.padEntry()).isEqualTo(new Vocabulary.Entry("<pad>", 0, 0));
    assertThat(Vocabulary.unknownEntry(7)).isEqualTo(new Vocabulary.Entry("<unk>", 7, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b", "A", "<pad>", "<unk>", "a "})
  void id_ofAnUnknownToken_isUnk(String token) {
    assertThat(of("a").id(token)).isEqualTo(Vocabulary.UNK);
  }

  @Test
  void id_ofATokenSpeltLikePadOrUnk_isItsOwn() {
    Vocabulary vocabulary = of("a", "<unk>", "<pad>");
    assertThat(vocabulary.id("<unk>")).isEqualTo(3);
    assertThat(vocabulary.id("<pad>")).isEqualTo(4);
  }

  @Test
  void of_aTokenThatStandsTwice_namesItAndBothIds() {
    assertThatThrownBy(() -> of("a", "b", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Token 'a' stands twice in the vocabulary, with the ids 2 and 4");
    assertThatThrownBy(() -> of("<pad>", "<pad>"))
        .hasMessage("Token '<pad>' stands twice in the vocabulary, with the ids 2 and 3");
  }

  @Test
  void of_entriesWithoutPadAndUnknown_isRefused() {
    Vocabulary.Entry pad = Vocabulary.padEntry();
    Vocabulary.Entry unknown = Vocabulary.unknownEntry(0);
    for (List<Vocabulary.Entry> entries :
        List.of(List.<Vocabulary.Entry>of(), List.of(pad), List.of(unknown, pad))) {
      assertThatThrownBy(() -> Vocabulary.of(entries))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("A vocabulary begins with <pad> and <unk>");
    }
  }

  @Test
  void of_keepsItsOwnCopy() {
    List<Vocabulary.Entry> entries = new ArrayList<>(of("a").entries());
    Vocabulary vocabulary = Vocabulary.of(entries);
    entries.add(new Vocabulary.Entry("b", 1, 1));
    assertThat(vocabulary.size()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 1021, 100_000})
  void serialization_roundTripIsExact(int tokens) throws Exception {
    Vocabulary vocabulary =
        of(IntStream.range(0, tokens).mapToObj(i -> "词" + i).toArray(String[]::new));
    Vocabulary copy = Serialized.copy(vocabulary);
    assertThat(copy.entries()).isEqualTo(vocabulary.entries());
    for (int id = 2; id < copy.size(); id++) {
      assertThat(copy.id(copy.token(id))).isEqualTo(id);
    }
    assertThat(copy.id("none")).isEqualTo(Vocabulary.UNK);
  }
}
