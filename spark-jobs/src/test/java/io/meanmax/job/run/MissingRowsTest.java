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
import java.nio.file.Files;
import java.nio.file.Path;
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
        "\\Q%s\\E holds \\d+ rows where '%s' wrote 200: files of it are missing, or are not its own\\."
                .formatted(folder.resolve("work").resolve(stage), stage)
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
  }
}
