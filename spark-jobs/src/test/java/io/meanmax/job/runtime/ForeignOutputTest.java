package io.meanmax.job.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.config.OutputConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignOutputTest {
  @TempDir private Path folder;

  @Test
  void folderThatNoStageWrote_isNotReplaced_evenWithOverwrite() throws IOException {
    Path letters = Files.createDirectory(folder.resolve("letters"));
    Files.writeString(letters.resolve("mine.txt"), "keep me");
    assertThatThrownBy(
            () ->
                StageOutput.open(
                    new Configuration(), new OutputConfig(letters.toString(), true, null)))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(
            "Output exists and is no result of MeanMax (it has no _stage.json): ")
        .hasMessageEndingWith("letters. Give another --output");
    assertThat(letters.resolve("mine.txt")).exists();
  }

  @Test
  void emptyFolder_mayBeFilled() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    try (StageOutput output =
        StageOutput.open(new Configuration(), new OutputConfig(empty.toString(), true, null))) {
      assertThat(output.target()).endsWith("empty");
    }
  }
}
