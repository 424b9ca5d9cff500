package io.meanmax.job.runtime;

import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** What a stage wrote, held to what it read, before anybody sees it. */
public final class StagedRows {
  private StagedRows() {}

  /**
   * Counts the rows that stand in a folder.
   *
   * @param folder Parquet files
   * @param expected documents that were read and not rejected
   * @throws JobException if there are more or fewer
   */
  public static void require(SparkSession spark, String folder, long expected) {
    String[] files = files(spark, new Path(folder));
    long found = files.length == 0 ? 0 : spark.read().parquet(files).count();
    if (found != expected) {
      throw new JobException(
          ("%d rows were written where %d documents were read and not rejected; nothing was"
                  + " replaced. Does the input change while it is read, or a query give other rows"
                  + " each time?")
              .formatted(found, expected));
    }
  }

  /** One by one: of a folder whose own name is hidden, Spark warns that it ignored it. */
  private static String[] files(SparkSession spark, Path folder) {
    try {
      FileStatus[] all =
          folder
              .getFileSystem(spark.sparkContext().hadoopConfiguration())
              .listStatus(folder, path -> path.getName().endsWith(".parquet"));
      return Arrays.stream(all).map(file -> file.getPath().toString()).toArray(String[]::new);
    } catch (IOException e) {
      throw new JobException("Cannot list " + folder + ": " + e.getMessage(), e);
    }
  }
}
