package io.meanmax.job.runtime;

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
    long found = spark.read().parquet(folder).count();
    if (found != expected) {
      throw new JobException(
          ("%d rows were written where %d documents were read and not rejected; nothing was"
                  + " replaced. Does the input change while it is read, or a query give other rows"
                  + " each time?")
              .formatted(found, expected));
    }
  }
}
