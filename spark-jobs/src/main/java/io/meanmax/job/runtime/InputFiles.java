package io.meanmax.job.runtime;

import io.meanmax.config.InputConfig;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The files that lie behind an input, a table or a query. */
final class InputFiles {
  private InputFiles() {}

  /**
   * The files of documents; none where they are not known, as of a view over a database.
   *
   * @throws JobException if there is no such path
   */
  static List<FileStatus> of(SparkSession spark, InputConfig input) {
    if (input.path() == null) {
      return of(spark, Tables.open(spark, input));
    }
    Path pattern = new Path(input.path());
    try {
      FileSystem files = pattern.getFileSystem(spark.sparkContext().hadoopConfiguration());
      FileStatus[] matches = files.globStatus(pattern);
      if (matches == null || matches.length == 0) {
        throw new JobException("Input path does not exist: " + pattern);
      }
      List<FileStatus> found = new ArrayList<>();
      for (FileStatus match : matches) {
        addBelow(files, match.getPath(), found);
      }
      return found;
    } catch (IOException e) {
      throw new JobException("Cannot list " + input.describe() + ": " + e.getMessage(), e);
    }
  }

  /** The files that Spark would read; of a Hive text table, all of its partitions. */
  static List<FileStatus> of(SparkSession spark, Dataset<Row> rows) {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    List<FileStatus> found = new ArrayList<>();
    for (String file : rows.inputFiles()) {
      // An address with %-escapes, beside those that Hive puts into the names of partitions.
      Path path = new Path(URI.create(file));
      try {
        addBelow(path.getFileSystem(conf), path, found);
      } catch (IOException e) {
        throw new JobException("Cannot list " + path + ": " + e.getMessage(), e);
      }
    }
    return found;
  }

  private static void addBelow(FileSystem files, Path path, List<FileStatus> found)
      throws IOException {
    RemoteIterator<LocatedFileStatus> each = files.listFiles(path, true);
    while (each.hasNext()) {
      found.add(each.next());
    }
  }
}
