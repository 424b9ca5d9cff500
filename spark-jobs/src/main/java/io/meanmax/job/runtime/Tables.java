package io.meanmax.job.runtime;

import io.meanmax.config.InputConfig;
import io.meanmax.config.PartitionSpec;
import io.meanmax.job.schema.Schemas;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalog.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Tables of Spark's catalog, with failures that name them. */
public final class Tables {
  private Tables() {}

  /**
   * The Hive table, its partition, or the query of an input.
   *
   * @throws JobException if there is no such table, it is not partitioned so, or the query is wrong
   */
  public static Dataset<Row> open(SparkSession spark, InputConfig input) {
    return reading(
        input.describe(),
        () -> input.table() != null ? partition(spark, input) : spark.sql(input.query()));
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

  /** The names of a table's partition columns, in its order; none if it has none. */
  public static List<String> partitionColumns(SparkSession spark, String table) {
    try {
      return spark.catalog().listColumns(table).collectAsList().stream()
          .filter(Column::isPartition)
          .map(Column::name)
          .toList();
    } catch (AnalysisException e) {
      throw new JobException("Cannot read table " + table + ": " + Causes.message(e), e);
    }
  }

  /**
   * A stage's table of Parquet files.
   *
   * @param schema columns that it needs; it may have more
   * @throws JobException if Spark cannot read them
   * @throws io.meanmax.job.schema.SchemaException if it has others
   */
  public static Dataset<Row> parquet(SparkSession spark, String path, StructType schema) {
    Dataset<Row> table = reading(path, () -> spark.read().parquet(path));
    Schemas.require(schema, table.schema(), path);
    return table;
  }

  /** A whole table. */
  static Dataset<Row> table(SparkSession spark, String table) {
    return reading("table " + table, () -> spark.table(table));
  }

  /** The rows of a table in the partitions with the values given. */
  static Dataset<Row> partition(Dataset<Row> table, PartitionSpec partition) {
    Dataset<Row> rows = table;
    for (PartitionSpec.Column given : partition.columns()) {
      if (given.value() != null) {
        org.apache.spark.sql.Column column = TableColumns.column(given.name());
        DataType type = rows.select(column).schema().apply(0).dataType();
        rows = rows.where(column.equalTo(functions.lit(given.value()).cast(type)));
      }
    }
    return rows;
  }

  private static Dataset<Row> partition(SparkSession spark, InputConfig input) {
    List<String> columns = partitionColumns(spark, input.table());
    for (String name : input.partition().names()) {
      if (columns.stream().noneMatch(name::equalsIgnoreCase)) {
        throw new JobException(
            "Table %s is not partitioned by '%s' (input.partition); it is partitioned by %s"
                .formatted(input.table(), name, columns));
      }
    }
    return partition(spark.table(input.table()), input.partition());
  }

  /**
   * What Spark opens.
   *
   * @param what its name in a message
   * @throws JobException if Spark refuses
   */
  public static <T> T reading(String what, Supplier<T> open) {
    return trying("read " + what, open);
  }

  /**
   * Writes a table.
   *
   * @throws JobException if Spark refuses, or the writing fails
   */
  static void writing(String table, Runnable write) {
    trying(
        "write table " + table,
        () -> {
          write.run();
          return table;
        });
  }

  private static <T> T trying(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (Exception e) {
      // Spark throws these checked exceptions here without declaring them to Java.
      if (e instanceof AnalysisException || e instanceof IOException) {
        throw new JobException("Cannot " + what + ": " + Causes.message(e), e);
      }
      if (e instanceof SparkException) {
        throw new JobException("Cannot " + what + ": " + Causes.message(Causes.root(e)), e);
      }
      throw e;
    }
  }
}
