package io.meanmax.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextPipelineTest {

  private static final TokenizerSpec LUCENE =
      new TokenizerSpec.Lucene(
          List.of(),
          new AnalysisFactory("standard", Map.of("maxTokenLength", "1000")),
          List.of(
              AnalysisFactory.of("lowercase"),
              new AnalysisFactory("length", Map.of("min", "1", "max", "500"))));

  static List<TokenizerSpec> specs() {
    return List.of(
        new TokenizerSpec.Whitespace(),
        new TokenizerSpec.Characters(),
        new TokenizerSpec.English(),
        new TokenizerSpec.Chinese(),
        LUCENE);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void json_roundTripIsExact(TokenizerSpec spec) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    TextPipeline pipeline = pipeline(spec, "的", "ＡＢＣ", "\uD83D\uDE00");
    String json = mapper.writeValueAsString(pipeline);
    TextPipeline read = mapper.readValue(json, TextPipeline.class);
    assertThat(read).isEqualTo(pipeline);
    assertThat(mapper.writeValueAsString(read)).isEqualTo(json);
  }

  @Test
  void json_isAsDocumented() throws Exception {
    assertThat(new ObjectMapper().writeValueAsString(pipeline(LUCENE, "a")))
        .isEqualTo(
            "{'tokenizer':{'kind':'lucene','charFilters':[],'tokenizer':{'name':'standard','parameters':{'maxTokenLength':'1000'}},'tokenFilters':[{'name':'lowercase','parameters':{}},{'name':'length','parameters':{'max':'500','min':'1'}}]},'normalization':'nfkc','caseFolding':'lower-case','stopWords':['a']}"
                .replace('\'', '"'));
  }

  @Test
  void json_partsOfAChainMayBeLeftOut() throws Exception {
    String json = "{\"kind\":\"lucene\",\"tokenizer\":{\"name\":\"standard\"}}";
    assertThat(new ObjectMapper().readValue(json, TokenizerSpec.class))
        .isEqualTo(new TokenizerSpec.Lucene(List.of(), AnalysisFactory.of("standard"), List.of()));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void serialization_roundTripIsExact(TokenizerSpec spec) throws Exception {
    TextPipeline pipeline = pipeline(spec, "的");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(pipeline);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(pipeline);
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void tokenize_emptyBlankAndInvisibleTextsHaveNoTokens(TokenizerSpec spec) {
    Tokenizer tokenizer = pipeline(spec).open();
    for (String text : new String[] {"", " ", "\uFEFF", "\r\n", "\u3000\t\0\u200B"}) {
      assertThat(tokenizer.tokenize(text)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void tokenize_spacesLineEndsAndByteOrderMarksMakeNoDifference(TokenizerSpec spec) {
    Tokenizer tokenizer = pipeline(spec).open();
    List<String> expected = tokenizer.tokenize("good 酒店 bad");
    assertThat(expected).startsWith("good").endsWith("bad");
    assertThat(tokenizer.tokenize("\uFEFFgood\t酒店\u3000\uFF22ad\r\n")).isEqualTo(expected);
    assertThat(tokenizer.tokenize("go\uFEFFod\u00A0酒\u2060店\u200BB\u00ADad")).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void tokenize_refusesNoTextAndGivesNoBlankToken(TokenizerSpec spec) {
    Tokenizer tokenizer = pipeline(spec).open();
    Random random = new Random(11);
    for (int i = 0; i < 1000; i++) {
      StringBuilder text = new StringBuilder();
      random.ints(random.nextInt(30), 0, 0x10000).forEach(c -> text.append((char) c));
      random.ints(random.nextInt(30), 0, 0x110000).forEach(text::appendCodePoint);
      assertThat(tokenizer.tokenize(text.toString()))
          .noneMatch(String::isEmpty)
          .noneMatch(token -> token.chars().anyMatch(c -> WhiteSpace.is((char) c)));
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void tokenize_longDocumentsKeepEveryToken(TokenizerSpec spec) {
    String text = String.join(" ", Collections.nCopies(100_000, "wort"));
    assertThat(pipeline(spec).open().tokenize(text)).hasSize(100_000).containsOnly("wort");
  }

  @Test
  void tokenize_stopWordsAreComparedAfterNormalisationAndFolding() {
    Tokenizer tokenizer = pipeline(new TokenizerSpec.Whitespace(), "ＴＨＥ", "cafe\u0301").open();
    assertThat(tokenizer.tokenize("The cat the CAF\u00C9 theme")).containsExactly("cat", "theme");
  }

  @Test
  void tokenize_stopWordsOfEveryKindOfTokenizer() {
    assertThat(pipeline(new TokenizerSpec.Characters(), "的").open().tokenize("我的书"))
        .containsExactly("我", "书");
    assertThat(pipeline(new TokenizerSpec.Chinese(), "北京").open().tokenize("我爱北京"))
        .containsExactly("我", "爱");
    assertThat(pipeline(new TokenizerSpec.English(), "Dogs").open().tokenize("dogs dog"))
        .containsExactly("dog");
    assertThat(pipeline(LUCENE, "the").open().tokenize("The end")).containsExactly("end");
  }

  @Test
  void tokenize_withoutFoldingKeepsCaseAndStopWordsHeedIt() {
    TextPipeline pipeline =
        new TextPipeline(
            new TokenizerSpec.Whitespace(), Normalization.NONE, CaseFolding.NONE, List.of("The"));
    assertThat(pipeline.open().tokenize("The the ＴＨＥ")).containsExactly("the", "ＴＨＥ");
  }

  @Test
  void stopWords_areCopied() {
    List<String> words = new ArrayList<>(List.of("a"));
    TextPipeline pipeline =
        new TextPipeline(
            new TokenizerSpec.Whitespace(), Normalization.NFKC, CaseFolding.LOWER_CASE, words);
    words.add("b");
    assertThat(pipeline.stopWords()).containsExactly("a");
  }

  private static TextPipeline pipeline(TokenizerSpec spec, String... stopWords) {
    return new TextPipeline(spec, Normalization.NFKC, CaseFolding.LOWER_CASE, List.of(stopWords));
  }
}
