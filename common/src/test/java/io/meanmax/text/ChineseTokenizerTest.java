package io.meanmax.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChineseTokenizerTest {

  private final Tokenizer tokenizer = new ChineseTokenizer();

  @Test
  void tokenize_findsWords() {
    assertThat(tokenizer.tokenize("我爱北京天安门")).containsExactly("我", "爱", "北京", "天安门");
  }

  @Test
  void tokenize_splitsTheRestAsCharactersDoes() {
    assertThat(tokenizer.tokenize("酒店 wifi5 不错!😀 привет мир ひら\u3000北京"))
        .containsExactly("酒店", "wifi5", "不错", "!", "😀", "привет", "мир", "ひ", "ら", "北京");
  }

  @Test
  void tokenize_ideographsOutsideTheDictionaryStandAlone() {
    assertThat(tokenizer.tokenize("𠀀𠮷㐀㐁")).containsExactly("𠀀", "𠮷", "㐀", "㐁");
  }

  @Test
  void tokenize_losesNothingButWhiteSpace() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      String text = randomText(random);
      assertThat(String.join("", tokenizer.tokenize(text))).isEqualTo(withoutWhiteSpace(text));
    }
  }

  @Test
  void tokenize_fromManyThreadsGivesTheSame() throws Exception {
    List<String> texts =
        Stream.generate(new Random(3)::nextInt)
            .limit(50)
            .map(ChineseTokenizerTest::sentence)
            .toList();
    List<List<String>> expected = texts.stream().map(tokenizer::tokenize).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<List<List<String>>> task =
          () -> texts.stream().map(new ChineseTokenizer()::tokenize).toList();
      for (Future<List<List<String>>> result : threads.invokeAll(List.of(task, task, task, task))) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static String sentence(int seed) {
    StringBuilder text = new StringBuilder();
    new Random(seed).ints(40, 0, 12).forEach(i -> text.append("我们的酒店服务很好，房间大".charAt(i)));
    return text.toString();
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(40);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(3)) {
        case 0 -> text.append((char) random.nextInt(Character.MAX_VALUE + 1));
        case 1 -> text.append((char) (0x4E00 + random.nextInt(0x51A6)));
        default -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
      }
    }
    return text.toString();
  }

  private static String withoutWhiteSpace(String text) {
    StringBuilder rest = new StringBuilder();
    text.chars().filter(c -> !WhiteSpace.is((char) c)).forEach(c -> rest.append((char) c));
    return rest.toString();
  }
}
