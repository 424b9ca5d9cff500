package io.meanmax.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of the wrong kind and out of range: the message says key, rule, value and place. */
class ValuesTest {
  private static final Map<String, Consumer<Settings>> READERS =
      Map.of(
          "input", InputConfig::from,
          "output", OutputConfig::from,
          "models", ModelConfig::from,
          "generate", GenerateConfig::from,
          "tokenizer", TokenizerConfig::from,
          "vocabulary", VocabularyConfig::from,
          "network", NetworkConfig::from,
          "train", TrainConfig::from,
          "score", ScoreConfig::from,
          "embeddings", EmbeddingsConfig::from);

  @TempDir private Path folder;

  private static void read(String key, String value) {
    Settings settings = Settings.read(null, List.of("input.path=x", key + "=" + value));
    READERS.getOrDefault(key.substring(0, key.indexOf('.')), EncodeConfig::from).accept(settings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input.max-row-bytes | 0 | a whole number from 1 to 1073741824",
        "input.max-row-bytes | 1073741825 | a whole number from 1 to 1073741824",
        "input.max-rejected-fraction | 1.01 | a number from 0 to 1",
        "input.max-rejected-fraction | -0.01 | a number from 0 to 1",
        "output.overwrite | 3 | true or false",
        "generate.documents | 0 | a whole number from 1 to 2305843009213693951",
        "generate.first-document | -1 | a whole number from 0 to 2305843009213693951",
        "generate.vocabulary-size | 1 | a whole number from 2 to 20000000",
        "generate.vocabulary-size | 20000001 | a whole number from 2 to 20000000",
        "generate.zipf-exponent | 0 | a number from 0.01 to 10",
        "generate.noise-words | 2 | a number from 0 to 1",
        "generate.median-length | 401 | a whole number from 1 to 400",
        "generate.max-length | 100001 | a whole number from 1 to 100000",
        "generate.files | 0 | a whole number from 1 to 100000",
        "vocabulary.min-count | 0 | a whole number from 1 to 2147483647",
        "vocabulary.max-size | 16000001 | a whole number from 1 to 16000000",
        "features.word-ngrams | 2 | a whole number from 1 to 1",
        "encode.max-tokens | 0 | a whole number from 1 to 1000000",
        "encode.max-tokens | 1000001 | a whole number from 1 to 1000000",
        "network.dimension | 4097 | a whole number from 1 to 4096",
        "train.epochs | 0 | a whole number from 1 to 1000000",
        "train.epochs | 2.5 | a whole number from 1 to 1000000",
        "train.epochs | true | a whole number from 1 to 1000000",
        "train.epochs | null | a whole number from 1 to 1000000",
        "train.epochs | [3] | a whole number from 1 to 1000000",
        "train.epochs | {} | a whole number from 1 to 1000000",
        "train.batch-size | 0 | a whole number from 1 to 1000000",
        "train.workers | 0 | auto or a whole number from 1 to 100000",
        "train.workers | null | auto or a whole number from 1 to 100000",
        "train.workers | [] | auto or a whole number from 1 to 100000",
        "train.averaging-frequency | 0 | a whole number from 1 to 1000000",
        "train.learning-rate | 0 | auto or a number above 0, at most 1000000",
        "train.learning-rate | 1000001 | auto or a number above 0, at most 1000000",
        "train.learning-rate | null | auto or a number above 0, at most 1000000",
        "train.validation-fraction | 0.51 | a number from 0 to 0.5",
        "train.patience | -1 | a whole number from 0 to 1000000",
        "score.top | 0 | a whole number from 1 to 1000000",
        "network.dense | 30 | a list of layer sizes from 1 to 65536, for instance [30] or []",
        "network.dense | [0] | a list of layer sizes from 1 to 65536, for instance [30] or []",
        "network.dense | [30.5] | a list of layer sizes from 1 to 65536, for instance [30] or []",
        "network.dense | [null] | a list of layer sizes from 1 to 65536, for instance [30] or []",
        "network.dense | null | a list of layer sizes from 1 to 65536, for instance [30] or []",
        "vocabulary.label-weight-scale | 0 | normalized or a number above 0",
        "vocabulary.label-weight-scale | -1 | normalized or a number above 0",
        "vocabulary.label-weight-scale | null | normalized or a number above 0",
        "models.path | [] | a text that is not blank",
        "models.path | {} | a text that is not blank",
        "models.path | null | a text that is not blank",
        "models.name | [1] | a text that is not blank",
        "models.name | \"../x\" | 1 to 128 of the letters A-Z and a-z, digits, '.', '_' and '-', the"
            + " first neither '.' nor '_'",
        "models.version | \"_x\" | 1 to 128 of the letters A-Z and a-z, digits, '.', '_' and '-', the"
            + " first neither '.' nor '_'",
        "input.text-column | null | a text that is not blank",
        "embeddings.words | null | true or false",
        "tokenizer.lower-case | 1 | true or false"
      })
  void value_thatIsNotAllowed_saysWhatIs(String key, String value, String allowed) {
    assertThatThrownBy(() -> read(key, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("%s must be %s; found %s (--set %s)", key, allowed, value, key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input.format | CSV | one of auto, fasttext, csv, json, parquet, orc",
        "generate.format | csv | one of fasttext, parquet",
        "tokenizer.kind | Chinese | one of whitespace, characters, english, chinese, lucene",
        "tokenizer.normalization | NFKC | one of nfkc, nfc, none",
        "vocabulary.label-weights | inverse_sqrt | one of inverse-sqrt, inverse, none",
        "network.pooling | mean_max | one of mean, max, mean-max",
        "network.output | regression | one of softmax",
        "train.optimizer | Adam | one of auto, adam, adagrad, sgd",
        "train.learning-rate-decay | cosine | one of linear, constant",
        "train.learning-rate | fast | auto or a number above 0, at most 1000000",
        "train.learning-rate | NaN | auto or a number above 0, at most 1000000",
        "train.learning-rate | -Infinity | auto or a number above 0, at most 1000000",
        "train.epochs | five | a whole number from 1 to 1000000",
        "train.epochs | 5s | a whole number from 1 to 1000000",
        "train.workers | Auto | auto or a whole number from 1 to 100000",
        "vocabulary.label-weight-scale | big | normalized or a number above 0",
        "vocabulary.label-weight-scale | NaN | normalized or a number above 0",
        "output.overwrite | maybe | true or false",
        "input.csv.delimiter | tab | auto or one character (\"\\t\" for a tab)"
      })
  void text_thatIsNotAllowed_isShownInQuotes(String key, String value, String allowed) {
    assertThatThrownBy(() -> read(key, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("%s must be %s; found \"%s\" (--set %s)", key, allowed, value, key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "1e30", "-9223372036854775809", "1e999999999"})
  void wholeNumber_beyondLong_isRefused(String value) {
    assertThatThrownBy(() -> read("train.seed", value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "train.seed must be a whole number from -9223372036854775808 to"
                + " 9223372036854775807; found ")
        .hasMessageEndingWith(" (--set train.seed)");
  }

  @Test
  void label_weightScale_aboveAllNumbers_isRefused() {
    assertThatThrownBy(() -> read("vocabulary.label-weight-scale", "1e999"))
        .hasMessageStartingWith(
            "vocabulary.label-weight-scale must be normalized or a number above 0; found ");
  }

  @Test
  void value_ofAFile_isShownWithItsLine() throws Exception {
    Path file =
        Files.writeString(folder.resolve("own.conf"), "train {\n\n  epochs = 0\n  workers = no\n}");
    assertThatThrownBy(() -> TrainConfig.from(Settings.read(file, List.of("train.workers=1"))))
        .hasMessage("train.epochs must be a whole number from 1 to 1000000; found 0 (%s: 3)", file);
  }

  @Test
  void value_ofADefaultThatNoLongerFits_isShownWithTheLineOfTheReference() {
    assertThatThrownBy(
            () -> GenerateConfig.from(Settings.read(null, List.of("generate.max-length=10"))))
        .hasMessageMatching(
            "generate.median-length must be a whole number from 1 to 10; found 40"
                + " \\(reference\\.conf: \\d+\\)");
  }

  @Test
  void auto_orANumber() {
    assertThat(TrainConfig.from(Settings.read(null, List.of("train.workers=auto"))).workers())
        .isEmpty();
    assertThat(TrainConfig.from(Settings.read(null, List.of("train.workers=3"))).workers())
        .hasValue(3);
  }

  @Test
  void scale_ofTheArticle_isFive() {
    VocabularyConfig config =
        VocabularyConfig.from(Settings.read(null, List.of("vocabulary.label-weight-scale=5")));
    assertThat(config.labelWeighting().scale()).isEqualTo(5);
  }

  @Test
  void nameOf_isLowerCaseWithHyphens() {
    assertThat(Settings.nameOf(io.meanmax.vocabulary.LabelWeighting.Rule.INVERSE_SQRT))
        .isEqualTo("inverse-sqrt");
  }

  @Test
  void embeddings_ofNeitherKind_areRefused() {
    assertThatThrownBy(
            () ->
                EmbeddingsConfig.from(
                    Settings.read(
                        null, List.of("embeddings.words=false", "embeddings.documents=no"))))
        .hasMessage("embeddings.words and embeddings.documents are both false: nothing to write");
  }

  @Test
  void required_butNotGiven_namesKeyAndOption() {
    assertThatThrownBy(() -> InputConfig.from(Settings.defaults()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "Say which documents to read: input.path (--input), input.table (--input-table) or"
                + " input.query (--input-query)");
    assertThatThrownBy(() -> ModelConfig.from(Settings.defaults()).requiredName())
        .hasMessage("Say which model: models.name (--name)");
    assertThatThrownBy(() -> OutputConfig.from(Settings.defaults()).requiredPath())
        .hasMessage("Say where to write: output.path (--output)");
  }

  @Test
  void workFolder_isBesideTheVersions() {
    assertThat(new ModelConfig("hdfs://n/models", "age", "current", true, false).workFolder())
        .isEqualTo("hdfs://n/models/age/_work");
  }
}
