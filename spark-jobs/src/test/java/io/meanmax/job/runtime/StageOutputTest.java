package io.meanmax.job.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meanmax.config.OutputConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageOutputTest {
  private static final Configuration CONF = new Configuration();
  private static final JsonNode TEXT = JsonNodeFactory.instance.objectNode().put("kind", "x");

  @TempDir private Path folder;

  private StageOutput open(boolean overwrite) {
    return StageOutput.open(
        CONF, new OutputConfig(folder.resolve("out").toString(), overwrite, null));
  }

  private static StageRecord record(String fingerprint) {
    return new StageRecord("encode", fingerprint, Map.of(), Map.of("rows", 7L), TEXT, "hash", 5);
  }

  private static void write(StageOutput stage, String text) throws IOException {
    try (OutputStream out = stage.create("data.txt")) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void result_isSeenOnlyWhenPublished_andItsRecordIsReadBack() throws IOException {
    try (StageOutput stage = open(false)) {
      write(stage, "one");
      assertThat(folder.resolve("out")).doesNotExist();
      stage.publish(record("f1"));
    }
    assertThat(folder.resolve("out/data.txt")).hasContent("one");
    assertThat(folder.resolve("out/_SUCCESS")).exists();
    assertThat(StageRecord.find(CONF, folder + "/out"))
        .contains(record("f1").with(new StageFiles(1, 3)));
    assertThat(names()).containsExactly("out");
  }

  @Test
  void whatIsNotPublished_isRemoved_andWhatStoodThereStays() throws IOException {
    try (StageOutput stage = open(false)) {
      write(stage, "one");
      stage.publish(record("f1"));
    }
    try (StageOutput stage = open(true)) {
      write(stage, "two");
    }
    assertThat(folder.resolve("out/data.txt")).hasContent("one");
    assertThat(names()).containsExactly("out");
    try (StageOutput stage = open(true)) {
      write(stage, "three");
      stage.publish(record("f3"));
    }
    assertThat(folder.resolve("out/data.txt")).hasContent("three");
    assertThat(names()).containsExactly("out");
  }

  @Test
  void resultThatAnotherRunPutThereMeanwhile_isNotReplacedUnasked() throws IOException {
    try (StageOutput stage = open(false);
        StageOutput other = open(false)) {
      write(stage, "one");
      write(other, "other");
      other.publish(record("f2"));
      assertThatThrownBy(() -> stage.publish(record("f1")))
          .isInstanceOf(JobException.class)
          .hasMessage(
              "Output exists: file:%s/out. Give another --output, or --overwrite to replace it"
                  .formatted(folder));
    }
    assertThat(folder.resolve("out/data.txt")).hasContent("other");
    assertThat(names()).containsExactly("out");
  }
}
