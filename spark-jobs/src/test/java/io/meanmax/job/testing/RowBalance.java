package io.meanmax.job.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.bundle.Bundle;
import io.meanmax.job.documents.Rejections;
import io.meanmax.job.runtime.StageRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Nothing is lost: rows of an input = rows of a stage's output + rejected rows, in the files as
 * they lie there, and in what the product says of them.
 *
 * @param conf of the file system
 * @param rows of the input, usable or not
 * @param rejected how many of them have to be rejected
 */
public record RowBalance(Configuration conf, long rows, long rejected) {

  /** On the local file system. */
  public static RowBalance of(long rows, long rejected) {
    return new RowBalance(new Configuration(), rows, rejected);
  }

  private long documents() {
    return rows - rejected;
  }

  /** Demands it of {@code tokenize}, {@code vocabulary} and {@code encode}, folders of a run. */
  public RowBalance requirePrepared(String work) {
    requireTokenized(work + "/tokenize");
    assertThat(count(work + "/vocabulary", "documents")).isEqualTo(documents());
    requireFiles(work + "/encode", "", "examples");
    assertThat(count(work + "/encode", "rejected")).isEqualTo(rejected);
    return this;
  }

  /** Demands it of an output of {@code tokenize}. */
  public void requireTokenized(String output) {
    requireFiles(output, "", "documents");
    requireRejected(output);
  }

  /** Demands that a model was trained, and validated, on every example. */
  public RowBalance requireTrained(Bundle model) {
    Map<String, Long> trained = model.manifest().training().rows();
    assertThat(trained).containsEntry("examples", documents()).containsEntry("rejected", rejected);
    assertThat(trained.get("training_examples") + trained.get("validation_examples"))
        .as("%s: examples trained on and held back", model.path())
        .isEqualTo(documents());
    return this;
  }

  /** Demands it of {@code score} and {@code embeddings}, folders of a run. */
  public RowBalance requireScored(String work) {
    requireFiles(work + "/score", "", "rows");
    requireRejected(work + "/score");
    requireFiles(work + "/embeddings", "/documents", "documents");
    requireRejected(work + "/embeddings");
    return this;
  }

  /** Demands it of {@code score} into a table; the rejected rows are in the output's folder. */
  public void requireScored(Dataset<Row> table, String output) {
    assertThat(table.count()).as("rows of the table").isEqualTo(documents());
    assertThat(count(output, "rows")).as("rows of %s", output).isEqualTo(documents());
    requireRejected(output);
  }

  /** Demands it of {@code evaluate}, a folder of a run. */
  public RowBalance requireEvaluated(String work) {
    assertThat(count(work + "/evaluate", "documents")).isEqualTo(documents());
    requireRejected(work + "/evaluate");
    return this;
  }

  private void requireFiles(String output, String part, String count) {
    assertThat(parquetRows(output + part)).as("rows of %s%s", output, part).isEqualTo(documents());
    assertThat(count(output, count)).as("%s of %s", count, output).isEqualTo(documents());
  }

  private void requireRejected(String output) {
    assertThat(lines(output + "/" + Rejections.FOLDER))
        .as("rejected rows of %s", output)
        .isEqualTo(rejected);
    assertThat(count(output, "rejected")).as("rejected of %s", output).isEqualTo(rejected);
  }

  private long count(String output, String name) {
    return StageRecord.find(conf, output)
        .map(record -> record.counts().get(name))
        .orElseThrow(() -> new AssertionError("No record of " + name + " in " + output));
  }

  private long parquetRows(String folder) {
    long found = 0;
    for (FileStatus file : files(folder)) {
      if (file.getPath().getName().endsWith(".parquet")) {
        try (ParquetFileReader reader =
            ParquetFileReader.open(HadoopInputFile.fromStatus(file, conf))) {
          found += reader.getRecordCount();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return found;
  }

  /** None where there is no folder. */
  private long lines(String folder) {
    long found = 0;
    for (FileStatus file : files(folder)) {
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(
                  fileSystem(folder).open(file.getPath()), StandardCharsets.UTF_8))) {
        found += reader.lines().count();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  private List<FileStatus> files(String folder) {
    try {
      Path path = new Path(folder);
      return fileSystem(folder).exists(path)
          ? Arrays.asList(fileSystem(folder).listStatus(path))
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileSystem fileSystem(String folder) throws IOException {
    return new Path(folder).getFileSystem(conf);
  }
}
