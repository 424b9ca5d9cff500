package io.meanmax.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownKeysTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "train.epoch, train.epochs",
    "epochs, train.epochs",
    "trian.epochs, train.epochs",
    "train.Epochs, train.epochs",
    "train.epochs.x, train.epochs",
    "network.poolin, network.pooling",
    "input.csv.delimeter, input.csv.delimiter",
    "vocabulary.minCount, vocabulary.min-count",
    "learningRate, train.learning-rate",
    "batchSize, train.batch-size",
    "MIN_COUNT, vocabulary.min-count",
    "tokenizer.lucene.filter, tokenizer.lucene.filters",
    "tokeniser.kind, tokenizer.kind"
  })
  void unknown_namesTheNearest(String key, String nearest) {
    assertThatThrownBy(() -> Settings.read(null, List.of(key + "=5")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "Unknown key '%s' (--set %s). Did you mean '%s'? conf/reference.conf lists every key.",
            key, key, nearest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "foo.bar", "network.colour"})
  void unknown_namesNone_whereNoneIsNear(String key) {
    assertThatThrownBy(() -> Settings.read(null, List.of(key + "=5")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("Unknown key '%s' (--set %s). conf/reference.conf lists every key.", key, key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "null", "{}", "[]", "${models.path}"})
  void unknown_isSoWhateverItsValue(String value) throws Exception {
    Path file = Files.writeString(folder.resolve("own.conf"), "\n\ntrain.epoch = " + value);
    assertThatThrownBy(() -> Settings.read(file, List.of()))
        .hasMessage(
            "Unknown key 'train.epoch' (%s: 3). Did you mean 'train.epochs'?"
                + " conf/reference.conf lists every key.",
            file);
  }

  @Test
  void unknown_inAFile_namesFileAndLineThoughTheRestIsOverridden() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("own.conf"), "# mine\ntrain {\n  epochs = 3\n  sede = 4\n}\n");
    assertThatThrownBy(() -> Settings.read(file, List.of("train.seed=5")))
        .hasMessage(
            "Unknown key 'train.sede' (%s: 4). Did you mean 'train.seed'?"
                + " conf/reference.conf lists every key.",
            file);
  }

  @Test
  void group_isNoKey() throws Exception {
    assertThatThrownBy(() -> Settings.read(null, List.of("train=5")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "'train' is a group of keys and has no value of its own; found 5 (--set train)."
                + " Set one of its keys, for instance train.averaging-frequency");
    assertThatThrownBy(() -> Settings.read(null, List.of("input.csv=null")))
        .hasMessageStartingWith(
            "'input.csv' is a group of keys and has no value of its own; found null");
    assertThatThrownBy(() -> Settings.read(null, List.of("spark=5")))
        .hasMessage(
            "'spark' is a group of keys and has no value of its own; found 5 (--set spark)."
                + " Set one of its keys, for instance spark.sql.shuffle.partitions");
    Path file = Files.writeString(folder.resolve("own.conf"), "network = []");
    assertThatThrownBy(() -> Settings.read(file, List.of()))
        .hasMessage(
            "'network' is a group of keys and has no value of its own; found [] (%s: 1). Set one"
                + " of its keys, for instance network.dense",
            file);
  }

  @Test
  void group_withAValueHiddenByAHigherSource_isRefusedAllTheSame() throws Exception {
    Path file = Files.writeString(folder.resolve("own.conf"), "train = 5\n");
    assertThatThrownBy(() -> Settings.read(file, List.of("train.epochs=3")))
        .hasMessageStartingWith("'train' is a group of keys");
  }

  @Test
  void group_thatIsEmpty_changesNothing() {
    assertThat(TrainConfig.from(Settings.read(null, List.of("train={}", "spark={}"))))
        .isEqualTo(TrainConfig.from(Settings.defaults()));
  }

  @Test
  void unknown_amongOptions_isRefused() {
    assertThatThrownBy(() -> Settings.defaults().with("train.epoch", 3))
        .hasMessageStartingWith("Unknown key 'train.epoch' (option for train.epoch).");
  }

  @Test
  void parametersOfALuceneTokenizer_areItsOwn() {
    Settings.read(null, List.of("tokenizer.lucene.tokenizer.maxTokenLength=1000"));
  }
}
