package io.meanmax.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --set key=value} means, and what it stands above. */
class OverridesTest {
  @TempDir private Path folder;

  private static Settings set(String... overrides) {
    return Settings.read(null, List.of(overrides));
  }

  private Path file(String content) throws Exception {
    return Files.writeString(folder.resolve("own.conf"), content);
  }

  @Test
  void precedence_isReferenceThenFileThenSetThenOption() throws Exception {
    Path file = file("train { epochs = 7, seed = 8, patience = 9 }");
    Settings settings =
        Settings.read(file, List.of("train.seed=18", "train.patience=19"))
            .with("train.patience", 29);
    TrainConfig train = TrainConfig.from(settings);
    assertThat(train.batchSize()).isEqualTo(32);
    assertThat(train.epochs()).isEqualTo(7);
    assertThat(train.seed()).isEqualTo(18);
    assertThat(train.patience()).isEqualTo(29);
  }

  @Test
  void set_twiceForOneKey_theLastCounts() {
    assertThat(TrainConfig.from(set("train.epochs=3", "train.epochs=4")).epochs()).isEqualTo(4);
  }

  @Test
  void set_reachesTheSubstitutionsOfAFile() throws Exception {
    Path file = file("output.path = ${models.path}/out");
    assertThat(OutputConfig.from(Settings.read(file, List.of("models.path=/m"))).path())
        .isEqualTo("/m/out");
    assertThat(OutputConfig.from(Settings.read(file, List.of())).path()).isEqualTo("models/out");
  }

  @Test
  void list_isHocon() {
    assertThat(NetworkConfig.from(set("network.dense=[30, 20]")).dense()).containsExactly(30, 20);
    assertThat(NetworkConfig.from(set("network.dense=[]")).dense()).isEmpty();
    assertThat(NetworkConfig.from(set("network.dense = [1e3,\"7\"]")).dense())
        .containsExactly(1000, 7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", " 12 ", "\"12\"", "12.0", "1.2e1", "0.12E+2"})
  void number_mayBeWrittenInAnyWay(String value) {
    assertThat(TrainConfig.from(set("train.epochs=" + value)).epochs()).isEqualTo(12);
  }

  @Test
  void number_ofTheWholeRangeOfLong_isExact() {
    assertThat(TrainConfig.from(set("train.seed=9007199254740993")).seed())
        .isEqualTo(9007199254740993L);
    assertThat(TrainConfig.from(set("train.seed=-9223372036854775808")).seed())
        .isEqualTo(Long.MIN_VALUE);
    assertThat(TrainConfig.from(set("train.seed=9223372036854775807")).seed())
        .isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs://name:8020/data/*.txt",
        "/data//train",
        "s3a://bucket/a#b",
        "/data/year=2026/month=11",
        "C:\\data\\train.txt",
        "/data/{train,valid}.txt",
        "/data/中文 路径.txt",
        "$5",
        "${HOME}/x",
        "a, b",
        "007",
        "1.0.0",
        "include",
        "#1",
        "//",
        "=",
        "it's"
      })
  void text_isTakenAsItStands(String path) {
    assertThat(InputConfig.from(set("input.path=" + path)).path()).isEqualTo(path);
  }

  @Test
  void text_ofAQuery_mayHoldCommasAndEquals() {
    String query = "SELECT id, text AS t FROM docs d WHERE day = '2026-11-20' AND n > 5, -- x";
    assertThat(InputConfig.from(set("input.query=" + query)).query()).isEqualTo(query);
  }

  @Test
  void text_inQuotes_isHocon() {
    assertThat(InputConfig.from(set("input.path=\"a \\u4e2d\"")).path()).isEqualTo("a 中");
    assertThat(InputConfig.from(set("input.path=x", "input.csv.delimiter=\"\\t\"")).csvDelimiter())
        .isEqualTo('\t');
    assertThat(InputConfig.from(set("input.path=x", "input.csv.delimiter=\" \"")).csvDelimiter())
        .isEqualTo(' ');
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "|", "\t", "#", ":", "=", "$"})
  void character_needsNoQuotes(String delimiter) {
    assertThat(
            InputConfig.from(set("input.path=x", "input.csv.delimiter=" + delimiter))
                .csvDelimiter())
        .isEqualTo(delimiter.charAt(0));
  }

  @Test
  void brackets_thatCloseNothing_areText() {
    assertThat(InputConfig.from(set("input.path=[ab]*.txt")).path()).isEqualTo("[ab]*.txt");
    assertThat(InputConfig.from(set("input.path={a")).path()).isEqualTo("{a");
  }

  @Test
  void list_cannotCarryASecondKey() {
    assertThatThrownBy(() -> NetworkConfig.from(set("network.dense=[3], train.epochs = 4")))
        .hasMessage(
            "network.dense must be a list of layer sizes from 1 to 65536, for instance [30] or"
                + " []; found \"[3], train.epochs = 4\" (--set network.dense)");
  }

  @Test
  void null_takesAValueBack() throws Exception {
    Path file = file("tokenizer.stop-words = stop.txt");
    assertThat(TokenizerConfig.from(Settings.read(file, List.of())).stopWords())
        .isEqualTo("stop.txt");
    assertThat(
            TokenizerConfig.from(Settings.read(file, List.of("tokenizer.stop-words=null")))
                .stopWords())
        .isNull();
  }

  @Test
  void empty_isNoValue() {
    assertThatThrownBy(() -> InputConfig.from(set("input.path=")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("input.path must be a text that is not blank; found \"\" (--set input.path)");
    assertThatThrownBy(() -> TrainConfig.from(set("train.epochs=")))
        .hasMessage(
            "train.epochs must be a whole number from 1 to 1000000; found \"\" (--set"
                + " train.epochs)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train.epochs", "=5", "", "5"})
  void set_withoutAKeyAndAnEqualsSign_isRefused(String override) {
    assertThatThrownBy(() -> set(override))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--set takes key=value, for instance train.epochs=5; found '" + override + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train..epochs", ".", "train.", "train.epochs+", " ", "a{b"})
  void set_withAMalformedKey_isRefused(String key) {
    assertThatThrownBy(() -> set(key + "=5"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--set: '" + key.trim() + "' is not a key");
  }
}
