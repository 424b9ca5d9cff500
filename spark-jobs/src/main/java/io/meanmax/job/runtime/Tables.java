package io.meanmax.job.runtime;

import io.meanmax.config.InputConfig;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Tables of Spark's catalog, with failures that name them. */
public final class Tables {
  private Tables() {}

  /**
   * The Hive table or the query of an input.
   *
   * @throws JobException if there is no such table, or the query is wrong
   */
  public static Dataset<Row> open(SparkSession spark, InputConfig input) {
    return reading(
        input.describe(),
        () -> input.table() != null ? spark.table(input.table()) : spark.sql(input.query()));
  }

  /**
   * Whether there is a table of this name.
   *
   * @throws JobException if it is no name, or there is no such database
   */
  public static boolean exists(SparkSession spark, String table) {
    String database = table.contains(".") ? table.substring(0, table.lastIndexOf('.')) : null;
    if (database != null && !spark.catalog().databaseExists(database)) {
      throw new JobException(
          "There is no database " + database + " for the table " + table + ". Create it first");
    }
    return reading("table " + table, () -> spark.catalog().tableExists(table));
  }

  /** Whether an input's table or query reads this table, whatever it calls it. */
  public static boolean reads(SparkSession spark, InputConfig input, String table) {
    Set<String> files = Set.of(reading("table " + table, () -> spark.table(table)).inputFiles());
    return table.equals(input.table())
        || Arrays.stream(open(spark, input).inputFiles()).anyMatch(files::contains);
  }

  /**
   * What Spark opens.
   *
   * @param what its name in a message
   * @throws JobException if Spark refuses
   */
  public static <T> T reading(String what, Supplier<T> open) {
    try {
      return open.get();
    } catch (Exception e) {
      // Spark throws these checked exceptions here without declaring them to Java.
      if (e instanceof AnalysisException || e instanceof SparkException) {
        throw new JobException("Cannot read " + what + ": " + firstLine(e), e);
      }
      throw e;
    }
  }

  /** Spark's messages go on with advice for SQL shells and with plans. */
  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage())
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse(e.getClass().getSimpleName());
  }
}
