package io.meanmax.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.text.AnalysisFactory;
import io.meanmax.text.CaseFolding;
import io.meanmax.text.Normalization;
import io.meanmax.text.TokenizerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerConfigTest {
  @TempDir private Path folder;

  private static TokenizerConfig read(String... overrides) {
    return TokenizerConfig.from(Settings.read(null, List.of(overrides)));
  }

  @Test
  void kind_ofEverySpelling() {
    assertThat(read("tokenizer.kind=whitespace").tokenizer())
        .isEqualTo(new TokenizerSpec.Whitespace());
    assertThat(read("tokenizer.kind=characters").tokenizer())
        .isEqualTo(new TokenizerSpec.Characters());
    assertThat(read("tokenizer.kind=english").tokenizer()).isEqualTo(new TokenizerSpec.English());
    assertThat(read("tokenizer.kind=chinese").tokenizer()).isEqualTo(new TokenizerSpec.Chinese());
  }

  @Test
  void textSettings_areRead() {
    TokenizerConfig config =
        read(
            "tokenizer.normalization=none",
            "tokenizer.lower-case=false",
            "tokenizer.stop-words=hdfs://n/stop.txt");
    assertThat(config.normalization()).isEqualTo(Normalization.NONE);
    assertThat(config.caseFolding()).isEqualTo(CaseFolding.NONE);
    assertThat(config.stopWords()).isEqualTo("hdfs://n/stop.txt");
  }

  @Test
  void lucene_alone_isTheStandardTokenizer() {
    assertThat(read("tokenizer.kind=lucene").tokenizer())
        .isEqualTo(new TokenizerSpec.Lucene(List.of(), AnalysisFactory.of("standard"), List.of()));
  }

  @Test
  void lucene_chainOfAFile_keepsItsOrderAndParameters() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("own.conf"),
            """
            tokenizer {
              kind = lucene
              lucene.tokenizer = { name = standard, maxTokenLength = 1000 }
              lucene.filters = [{ name = length, min = 2, max = "9" }, { name = lowercase }]
            }
            """);
    TokenizerConfig config = TokenizerConfig.from(Settings.read(file, List.of()));
    assertThat(config.tokenizer())
        .isEqualTo(
            new TokenizerSpec.Lucene(
                List.of(),
                new AnalysisFactory("standard", Map.of("maxTokenLength", "1000")),
                List.of(
                    new AnalysisFactory("length", Map.of("min", "2", "max", "9")),
                    AnalysisFactory.of("lowercase"))));
    assertThat(config.pipeline(List.of()).open().tokenize("I saw Something unbelievable"))
        .containsExactly("saw", "something");
  }

  @Test
  void lucene_chainOfSet_isRead() {
    assertThat(
            read(
                    "tokenizer.kind=lucene",
                    "tokenizer.lucene.tokenizer={name=keyword}",
                    "tokenizer.lucene.filters=[{name=stop, ignoreCase=\"true\"}]")
                .tokenizer())
        .isEqualTo(
            new TokenizerSpec.Lucene(
                List.of(),
                AnalysisFactory.of("keyword"),
                List.of(new AnalysisFactory("stop", Map.of("ignoreCase", "true")))));
  }

  @Test
  void lucene_unknownFactory_isNoticedAtOnce() {
    assertThatThrownBy(
            () -> read("tokenizer.kind=lucene", "tokenizer.lucene.tokenizer.name=standrad"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("tokenizer.lucene: ")
        .hasMessageContaining("standrad");
  }

  @Test
  void lucene_withoutAName_isRefused() {
    assertThatThrownBy(
            () -> read("tokenizer.kind=lucene", "tokenizer.lucene.filters=[{nam=lowercase}]"))
        .hasMessage(
            "tokenizer.lucene.filters: {nam=lowercase} has no name, for instance { name ="
                + " lowercase }");
    assertThatThrownBy(() -> read("tokenizer.kind=lucene", "tokenizer.lucene.tokenizer.name=null"))
        .hasMessage(
            "tokenizer.lucene.tokenizer must be an object like { name = standard }, its values"
                + " texts, numbers, true or false; found {\"name\":null} (--set"
                + " tokenizer.lucene.tokenizer.name)");
  }

  @Test
  void lucene_filtersThatAreNoObjects_areRefused() {
    for (String value : List.of("lowercase", "[lowercase]", "null", "[{name=stop,words=[a,b]}]")) {
      assertThatThrownBy(() -> read("tokenizer.kind=lucene", "tokenizer.lucene.filters=" + value))
          .as(value)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith(
              "tokenizer.lucene.filters must be a list of objects like { name = lowercase }, their"
                  + " values texts, numbers, true or false; found ")
          .hasMessageEndingWith(" (--set tokenizer.lucene.filters)");
    }
  }

  @Test
  void lucene_tokenizerThatIsNoObject_isRefused() {
    assertThatThrownBy(() -> read("tokenizer.lucene.tokenizer=standard"))
        .hasMessage(
            "'tokenizer.lucene.tokenizer' is a group of keys and has no value of its own; found"
                + " \"standard\" (--set tokenizer.lucene.tokenizer). Set one of its keys, for"
                + " instance tokenizer.lucene.tokenizer.name");
  }
}
