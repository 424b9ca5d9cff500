package io.meanmax.job.runtime;

import io.meanmax.config.OutputConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder a stage writes: filled under a temporary name beside its place and renamed when
 * complete, so that what stood there before stays until then, and nobody reads half a result.
 */
public final class StageOutput implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StageOutput.class);

  private static final int LOOKS = 5;
  private static final int MILLIS_BETWEEN_LOOKS = 200;

  private final Configuration conf;
  private final FileSystem files;
  private final Path target;
  private final Path temporary;
  private final boolean overwrite;
  private boolean published;
  private boolean writing;

  private StageOutput(Configuration conf, FileSystem files, Path target, boolean overwrite) {
    this.conf = conf;
    this.files = files;
    this.target = target;
    this.overwrite = overwrite;
    this.temporary =
        new Path(target.getParent(), "_tmp-" + target.getName() + "-" + UUID.randomUUID());
  }

  /**
   * Opens the output of a stage.
   *
   * @param read paths that the stage reads, null for none; globs are allowed
   * @throws JobException if it exists and may not be replaced, if that would replace what is read,
   *     or if nothing can be written there
   */
  public static StageOutput open(Configuration conf, OutputConfig output, String... read) {
    Path given = new Path(output.requiredPath());
    try {
      FileSystem files = given.getFileSystem(conf);
      Path target = files.makeQualified(given);
      if (target.isRoot()) {
        throw new JobException("Output cannot be " + target + ". Give a folder below it");
      }
      requireAbsent(files, target, output.overwrite());
      for (String path : read) {
        requireOutside(conf, target, path);
      }
      requireOurs(files, target);
      StageOutput stage = new StageOutput(conf, files, target, output.overwrite());
      if (!files.mkdirs(stage.temporary)) {
        throw new JobException(
            "Cannot write to " + given + ": the folder beside it cannot be created");
      }
      return stage;
    } catch (IOException e) {
      throw new JobException("Cannot write to " + given + ": " + e.getMessage(), e);
    }
  }

  private static void requireAbsent(FileSystem files, Path target, boolean overwrite)
      throws IOException {
    if (!overwrite && files.exists(target)) {
      throw new JobException(
          "Output exists: " + target + ". Give another --output, or --overwrite to replace it");
    }
  }

  /** What no stage wrote is no stage's to delete. */
  private static void requireOurs(FileSystem files, Path target) throws IOException {
    if (files.exists(target)
        && !files.exists(new Path(target, StageRecord.FILE))
        && (files.getFileStatus(target).isFile() || files.listStatus(target).length > 0)) {
      throw new JobException(
          "Output exists and is no result of MeanMax (it has no %s): %s. Give another --output"
              .formatted(StageRecord.FILE, target));
    }
  }

  private static void requireOutside(Configuration conf, Path target, String read)
      throws IOException {
    if (read == null) {
      return;
    }
    Path pattern = new Path(read);
    FileStatus[] found = pattern.getFileSystem(conf).globStatus(pattern);
    for (FileStatus each : found == null ? new FileStatus[0] : found) {
      for (Path path = each.getPath(); path != null; path = path.getParent()) {
        if (path.equals(target)) {
          throw new JobException(
              "Output %s would replace what is read, %s. Give another --output"
                  .formatted(target, read));
        }
      }
    }
  }

  /** Where to write for now. */
  public String path() {
    return temporary.toString();
  }

  /** Where to write a part of the result for now. */
  public String path(String part) {
    return new Path(temporary, part).toString();
  }

  /** Where the result will stand. */
  public String target() {
    return target.toString();
  }

  /** Writes rows as Parquet into the result's folder. */
  public void save(Dataset<Row> rows) {
    writing = true;
    rows.write().mode(SaveMode.Append).parquet(path());
    writing = false;
  }

  /** Writes rows as Parquet into a folder of the result. */
  public void save(Dataset<Row> rows, String part) {
    writing = true;
    rows.write().parquet(path(part));
    writing = false;
  }

  /** Opens a file of the result. */
  public OutputStream create(String name) {
    try {
      return files.create(new Path(temporary, name), false);
    } catch (IOException e) {
      throw new JobException("Cannot write " + new Path(target, name) + ": " + e.getMessage(), e);
    }
  }

  /** Removes a part of the result. */
  public void delete(String part) {
    try {
      files.delete(new Path(temporary, part), true);
    } catch (IOException e) {
      throw new JobException("Cannot delete " + new Path(temporary, part), e);
    }
  }

  /** Puts the result in its place, with the record of how it was made. */
  public void publish(StageRecord record) {
    try {
      StageRecord complete = record.with(StageFiles.of(files, temporary));
      try (OutputStream out = create(StageRecord.FILE)) {
        out.write(complete.toJson());
      }
      files.create(new Path(temporary, StageFiles.SUCCESS), true).close();
      FileContext context = FileContext.getFileContext(target.toUri(), conf);
      Path old = new Path(target.getParent(), "_old-" + target.getName() + "-" + UUID.randomUUID());
      requireAbsent(files, target, overwrite);
      boolean replaced = files.exists(target);
      if (replaced) {
        context.rename(target, old, Options.Rename.NONE);
      }
      moveIntoPlace(context, replaced ? old : null);
      published = true;
      StageMetrics.show(record);
      if (replaced) {
        files.delete(old, true);
      }
    } catch (IOException | FSError e) {
      throw new JobException("Cannot put the result at " + target + ": " + e.getMessage(), e);
    }
  }

  private void moveIntoPlace(FileContext context, Path old) throws IOException {
    try {
      context.rename(temporary, target, Options.Rename.NONE);
    } catch (IOException e) {
      if (old != null) {
        context.rename(old, target, Options.Rename.NONE);
      }
      throw e;
    }
  }

  /**
   * Removes what was written, unless it was published. When writing failed, tasks that Spark has
   * not stopped yet may write once more, so it looks again for a moment.
   */
  @Override
  public void close() {
    if (!published) {
      try {
        files.delete(temporary, true);
        for (int look = 0; writing && look < LOOKS; look++) {
          TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
          files.delete(temporary, true);
        }
      } catch (IOException e) {
        log.warn("Cannot remove {}: {}", temporary, e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
