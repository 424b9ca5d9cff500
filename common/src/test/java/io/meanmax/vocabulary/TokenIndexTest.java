package io.meanmax.vocabulary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.Serialized;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenIndexTest {

  private static int add(TokenIndex index, String token) {
    byte[] bytes = token.getBytes(UTF_8);
    return index.add(bytes, 0, bytes.length);
  }

  @Test
  void tokens_areNumberedAsTheyCome() {
    TokenIndex index = new TokenIndex();
    assertThat(add(index, "b")).isZero();
    assertThat(add(index, "")).isEqualTo(1);
    assertThat(add(index, "中文")).isEqualTo(2);
    assertThat(add(index, "b")).isZero();
    assertThat(index.size()).isEqualTo(3);
    assertThat(index.find("中文")).isEqualTo(2);
    assertThat(index.find("中")).isEqualTo(TokenIndex.ABSENT);
    assertThat(index.token(1)).isEmpty();
    assertThat(index.token(2)).isEqualTo("中文");
  }

  @Test
  void aToken_isThePartOfTheArray_thatIsGiven() {
    TokenIndex index = new TokenIndex();
    byte[] text = "xxfastTextClassifieryy".getBytes(UTF_8);
    int number = index.add(text, 2, text.length - 4);
    assertThat(index.token(number)).isEqualTo("fastTextClassifier");
    assertThat(index.find("fastTextClassifier")).isEqualTo(number);
    assertThat(index.find(text, 2, text.length - 5)).isEqualTo(TokenIndex.ABSENT);
    assertThat(index.find(text, 1, text.length - 4)).isEqualTo(TokenIndex.ABSENT);
  }

  /** Near the array's begin its bytes are read one by one, elsewhere eight at a time. */
  @Test
  void aToken_isTheSame_whereverItStandsInItsArray() {
    TokenIndex index = new TokenIndex();
    String text = "élan vital";
    for (int length = 0; length <= 10; length++) {
      byte[] token = Arrays.copyOf(text.getBytes(UTF_8), length);
      int number = index.add(token, 0, length);
      assertThat(number).isEqualTo(length);
      for (int from = 0; from < 20; from++) {
        byte[] array = new byte[40];
        Arrays.fill(array, (byte) -1);
        System.arraycopy(token, 0, array, from, length);
        assertThat(index.find(array, from, length)).as("%d at %d", length, from).isEqualTo(number);
      }
    }
  }

  @Test
  void tokensThatDifferInAZeroByte_orInLength_areTold() {
    List<String> alike = List.of("", "\0", "\0\0", "a", "a\0", "\0a", "\0\0\0\0\0\0\0\0");
    TokenIndex index = new TokenIndex();
    alike.forEach(token -> add(index, token));
    assertThat(index.size()).isEqualTo(alike.size());
    assertThat(alike.stream().map(index::find)).containsExactly(0, 1, 2, 3, 4, 5, 6);
  }

  /** Lengths on both sides of the eight bytes that are hashed at a time. */
  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 1000, 100_000})
  void randomTokens_areFoundAsInAMap(int tokens) throws Exception {
    Random random = new Random(tokens);
    Map<String, Integer> expected = new LinkedHashMap<>();
    TokenIndex index = new TokenIndex();
    for (int i = 0; i < tokens; i++) {
      String token =
          random
              .ints(random.nextInt(20), 'a', random.nextBoolean() ? 'd' : 0x4E80)
              .filter(c -> c < 0xD800)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      expected.putIfAbsent(token, expected.size());
      assertThat(add(index, token)).isEqualTo(expected.get(token));
    }
    TokenIndex read = Serialized.copy(index);
    assertThat(read.size()).isEqualTo(expected.size());
    List<String> texts = new ArrayList<>(expected.keySet());
    for (int number = 0; number < texts.size(); number++) {
      assertThat(read.find(texts.get(number))).isEqualTo(number);
      assertThat(read.token(number)).isEqualTo(texts.get(number));
      assertThat(read.find(texts.get(number) + "!")).isEqualTo(TokenIndex.ABSENT);
    }
  }
}
