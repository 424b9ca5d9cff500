package io.meanmax.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens in UTF-8 are those that come as strings. */
class TokenSinkTest {
  /** Plain and not: borders of the plain ranges, every white space, and what cleaning changes. */
  private static final int[] CHARACTERS =
      "aBz09 \t\n\0\u001C\u001F!~\u007F\u0080\u0085\u00A0\u00ADßÀİ\u1680\u2003\u200B\u2028\u2060\u3000\u3001\u3029\u302A\u4DFF\u4E00中文\u9FFF\uA000ＡｂﬁéΣ\uFEFF𝄞"
          // Marks that compose with what stands before them or change places with one another, what
          // becomes white space and marks in a normal form, and letters whose case depends on
          // others.
          .concat(
              "AI'.-\u0301\u0307\u0323\u0345\u0300\u00B4\u00A8\uFDFA\u1100\u1161\u11A8\u0E33\u0915\u093C\u200D\u3099か")
          .codePoints()
          .toArray();

  static List<TextPipeline> pipelines() {
    List<TextPipeline> pipelines = new ArrayList<>();
    for (TokenizerSpec spec : TextPipelineTest.specs()) {
      for (Normalization normalization : Normalization.values()) {
        for (CaseFolding folding : CaseFolding.values()) {
          for (List<String> stopWords : List.of(List.<String>of(), List.of("a", "中"))) {
            pipelines.add(new TextPipeline(spec, normalization, folding, stopWords));
          }
        }
      }
    }
    return pipelines;
  }

  private static List<String> tokens(Tokenizer tokenizer, byte[] utf8, int from, int length) {
    List<String> tokens = new ArrayList<>();
    tokenizer.tokenize(
        utf8, from, length, (bytes, at, size) -> tokens.add(new String(bytes, at, size, UTF_8)));
    return tokens;
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void tokensOfRandomTexts_areTheSame(TextPipeline pipeline) {
    Tokenizer tokenizer = pipeline.open();
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      int kinds = round % 2 == 0 ? 15 : CHARACTERS.length;
      String text =
          random
              .ints(random.nextInt(40), 0, kinds)
              .map(kind -> CHARACTERS[kind])
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      byte[] utf8 = ("xx" + text + "yy").getBytes(UTF_8);
      assertThat(tokens(tokenizer, utf8, 2, utf8.length - 4))
          .as(text)
          .isEqualTo(tokenizer.tokenize(text));
    }
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void aLongText_isSplitToo(TextPipeline pipeline) {
    byte[] utf8 = "Word ".repeat(300_000).getBytes(UTF_8);
    Tokenizer tokenizer = pipeline.open();
    assertThat(tokens(tokenizer, utf8, 0, utf8.length))
        .isEqualTo(tokenizer.tokenize(new String(utf8, UTF_8)));
  }

  @Test
  void malformedBytes_doNotSwallowWhatFollows() {
    Tokenizer tokenizer =
        new TextPipeline(
                new TokenizerSpec.Whitespace(), Normalization.NFKC, CaseFolding.NONE, List.of())
            .open();
    byte[] utf8 = {'a', ' ', (byte) 0xE5, ' ', ' ', 'b', ' ', (byte) 0xE4, (byte) 0xB8};
    assertThat(tokens(tokenizer, utf8, 0, utf8.length))
        .containsExactly("a", "\uFFFD", "b", "\uFFFD");
  }
}
