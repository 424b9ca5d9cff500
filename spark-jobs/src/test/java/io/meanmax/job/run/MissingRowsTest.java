package io.meanmax.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.job.runtime.JobException;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.RowBalance;
import io.meanmax.job.testing.SparkExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files of a stage's output that are gone, or there twice, are noticed by who reads it. */
@ExtendWith(SparkExtension.class)
class MissingRowsTest {
  @TempDir private Path folder;

  private static List<Path> files(Path stage) {
    try (Stream<Path> files = Files.list(stage)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireNoticed(String stage, Runnable reader, Path previous) {
    String message =
        "\\Q%s\\E holds \\d files of [\\d,]+ bytes where '%s' wrote \\d of [\\d,]+:"
                .formatted(folder.resolve("work").resolve(stage), stage)
            + " files of it are missing, or are not its own\\."
            + " Delete it and run '%s' again".formatted(stage);
    Path file = files(folder.resolve("work").resolve(stage)).get(0);
    try {
      byte[] before = content(previous);
      byte[] rows = Files.readAllBytes(file);
      Files.delete(file);
      assertThatThrownBy(reader::run).isInstanceOf(JobException.class).hasMessageMatching(message);
      Files.write(file, rows);
      Path twice = Files.write(file.resolveSibling("copy-" + file.getFileName()), rows);
      assertThatThrownBy(reader::run).isInstanceOf(JobException.class).hasMessageMatching(message);
      Files.delete(twice);
      assertThat(content(previous)).isEqualTo(before);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of them gone, Spark could not even tell the columns. */
  private void requireNoticedWithoutAny(String stage, String part, Runnable reader) {
    Path output = folder.resolve("work").resolve(stage);
    try {
      for (Path file : files(output.resolve(part))) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThatThrownBy(reader::run)
        .isInstanceOf(JobException.class)
        .hasMessageMatching(
            "\\Q%s\\E holds \\d files of [\\d,]+ bytes where '%s' wrote .*".formatted(output, stage)
                + " Delete it and run '%s' again".formatted(stage));
  }

  /**
   * A Parquet file whose schema can be read, but no row: it ends in its footer, with its length.
   */
  private static byte[] withoutPages(byte[] file) {
    int footer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    Arrays.fill(file, 4, file.length - 8 - footer, (byte) 0);
    return file;
  }

  private static byte[] content(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : null;
  }

  @Test
  void everyStage_holdsWhatItReads_toWhatWasWritten(SparkSession spark) {
    String input = Corpus.writeFiles(folder.resolve("in"), Corpus.lines(200, 2, 1), 3);
    Road road = Road.of(spark, folder.resolve("work"), input, "input.max-rejected-fraction=0.1");
    road.prepare();
    Path work = road.folder();
    requireNoticed("tokenize", road::vocabulary, work.resolve("vocabulary/_stage.json"));
    requireNoticed("tokenize", road::encode, work.resolve("encode/_stage.json"));
    requireNoticed("encode", road::train, work.resolve("models/tiny/current"));
    RowBalance.of(202, 2)
        .requirePrepared(work.toString())
        .requireTrained(road.bundle(road.train()));
    requireNoticedWithoutAny("encode", "", road::train);
    requireNoticedWithoutAny("vocabulary", "labels", road::encode);
    requireNoticedWithoutAny("tokenize", "", road::vocabulary);
  }

  @Test
  void rowsThatSparkLeavesOut_areMissedThoughFilesAreThere(SparkSession spark) throws IOException {
    String input = Corpus.writeFiles(folder.resolve("in"), Corpus.lines(200, 2, 1), 3);
    Road road = Road.of(spark, folder.resolve("work"), input, "input.max-rejected-fraction=0.1");
    road.tokenize();
    Path damaged = files(road.folder().resolve("tokenize")).get(0);
    Files.write(damaged, withoutPages(Files.readAllBytes(damaged)));
    Files.delete(damaged.resolveSibling("." + damaged.getFileName() + ".crc"));
    spark.conf().set("spark.sql.files.ignoreCorruptFiles", true);
    try {
      assertThatThrownBy(road::vocabulary)
          .isInstanceOf(JobException.class)
          .hasMessageMatching(
              ".* holds \\d+ rows where 'tokenize' wrote 200: files of it are missing, or are not its"
                  + " own\\. Delete it and run 'tokenize' again");
    } finally {
      spark.conf().unset("spark.sql.files.ignoreCorruptFiles");
    }
    assertThat(road.folder().resolve("vocabulary")).doesNotExist();
  }
}
