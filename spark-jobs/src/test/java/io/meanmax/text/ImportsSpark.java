package io.meanmax.text;

import org.apache.spark.sql.SparkSession;

/** Breaks the rule that packages of common know no Spark. */
public final class ImportsSpark {
  private ImportsSpark() {}

  static boolean isStopped(SparkSession spark) {
    return spark.sparkContext().isStopped();
  }
}
