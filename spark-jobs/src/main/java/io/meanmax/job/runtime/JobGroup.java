package io.meanmax.job.runtime;

import org.apache.spark.sql.SparkSession;

/** Names what Spark does in its UI for as long as this is open. */
public final class JobGroup implements AutoCloseable {
  private final SparkSession spark;

  /** Begins a group of Spark jobs called {@code stage}. */
  public JobGroup(SparkSession spark, String stage, String description) {
    this.spark = spark;
    spark.sparkContext().setJobGroup("meanmax-" + stage, stage + ": " + description, false);
  }

  /** Says what the group does now. */
  public void now(String description) {
    spark.sparkContext().setJobDescription(description);
  }

  @Override
  public void close() {
    spark.sparkContext().clearJobGroup();
  }
}
