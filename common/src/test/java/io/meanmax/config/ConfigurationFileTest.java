package io.meanmax.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
  @TempDir private Path folder;

  private Settings read(String content) throws Exception {
    return Settings.read(Files.writeString(folder.resolve("own.conf"), content), List.of());
  }

  @Test
  void missing_isRefused() {
    Path file = folder.resolve("none.conf");
    assertThatThrownBy(() -> Settings.read(file, List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("Configuration file not found or not readable: " + file);
  }

  @Test
  void folder_isRefused() {
    assertThatThrownBy(() -> Settings.read(folder, List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("Configuration file not found or not readable: " + folder);
  }

  @Test
  void malformed_namesFileAndLine() {
    assertThatThrownBy(() -> read("train {\n  epochs = 3\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "Cannot parse the configuration: " + folder.resolve("own.conf") + ": 3: ");
  }

  @Test
  void substitutionOfNothing_namesFileAndLine() {
    assertThatThrownBy(() -> read("\noutput.path = ${no.such.key}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "Cannot resolve the configuration: " + folder.resolve("own.conf") + ": 2: ")
        .hasMessageContaining("${no.such.key}");
  }

  @Test
  void substitutionOfAGroup_isMerged() throws Exception {
    Settings settings = read("train = ${train} { epochs = 3 }\ntrain = { seed = 4 }");
    assertThat(TrainConfig.from(settings).epochs()).isEqualTo(3);
    assertThat(TrainConfig.from(settings).seed()).isEqualTo(4);
  }

  @Test
  void empty_changesNothing() throws Exception {
    assertThat(read("").toJson()).isEqualTo(Settings.defaults().toJson());
    assertThat(read("# only words\n").toJson()).isEqualTo(Settings.defaults().toJson());
  }

  @Test
  void byteOrderMarkAndLineEndsOfWindows_areRead() throws Exception {
    assertThat(TrainConfig.from(read("\uFEFFtrain.epochs = 3\r\ntrain.seed = 4\r\n")).epochs())
        .isEqualTo(3);
  }

  @Test
  void json_isReadToo() throws Exception {
    assertThat(NetworkConfig.from(read("{\"network\": {\"dense\": [30]}}")).dense())
        .containsExactly(30);
  }

  @Test
  void unicode_isRead() throws Exception {
    assertThat(InputConfig.from(read("input { path = 文档.txt, label-column = \"标签\" }")))
        .satisfies(input -> assertThat(input.path()).isEqualTo("文档.txt"))
        .satisfies(input -> assertThat(input.labelColumn()).isEqualTo("标签"));
  }
}
