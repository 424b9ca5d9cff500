package io.meanmax.job.runtime;

import io.meanmax.config.InputConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.PartitionSpec;
import io.meanmax.config.TableTarget;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The Hive table, or its partitions, that a stage writes from files that are complete. Of a
 * partitioned table only the partitions that the rows are of are replaced, each when its new files
 * are all there.
 */
public final class TableOutput {
  private final SparkSession spark;
  private final TableTarget target;
  private final boolean overwrite;
  private final Optional<List<Column>> columns;

  private TableOutput(
      SparkSession spark, TableTarget target, boolean overwrite, Optional<List<Column>> columns) {
    this.spark = spark;
    this.target = target;
    this.overwrite = overwrite;
    this.columns = columns;
  }

  /**
   * The table of an output.
   *
   * @param input what the stage reads, if anything
   * @param rows the columns that the stage will write
   * @throws JobException if the table's columns or partitions do not fit, what it would replace may
   *     not be replaced, or is what the stage reads
   */
  public static TableOutput open(
      SparkSession spark, OutputConfig output, Optional<InputConfig> input, StructType rows) {
    TableTarget target = output.table();
    requireBrought(target, rows);
    if (!Tables.exists(spark, target.name())) {
      return new TableOutput(spark, target, output.overwrite(), Optional.empty());
    }
    requirePartitions(spark, target);
    Dataset<Row> table = Tables.table(spark, target.name());
    if (input.isPresent()) {
      requireNotRead(spark, target, input.get(), table);
    }
    TableOutput opened =
        new TableOutput(
            spark,
            target,
            output.overwrite(),
            Optional.of(TableColumns.of(spark, target, table.schema(), rows)));
    if (target.partition().isEmpty() && !output.overwrite()) {
      throw new JobException(
          "Table exists: %s. Give another output.table, or --overwrite to replace it"
              .formatted(target.name()));
    }
    if (!target.partition().isDynamic()) {
      opened.requireFree(Tables.partition(table, target.partition()));
    }
    return opened;
  }

  /** Columns of a partition without a value come from the rows, those with one do not. */
  private static void requireBrought(TableTarget target, StructType rows) {
    for (PartitionSpec.Column column : target.partition().columns()) {
      boolean brought = TableColumns.field(rows, column.name()).isPresent();
      if (column.value() == null && !brought) {
        throw new JobException(
            ("output.partition: '%s' has no value. Give it one, as in %s=…, or keep such a column"
                    + " of the input (keep-columns)")
                .formatted(column.name(), column.name()));
      }
      if (column.value() != null && brought) {
        throw new JobException(
            "output.partition: '%s' has the value '%s', but is a column that is written too"
                .formatted(column.name(), column.value()));
      }
    }
  }

  private static void requirePartitions(SparkSession spark, TableTarget target) {
    List<String> found = Tables.partitionColumns(spark, target.name());
    PartitionSpec partition = target.partition();
    if (found.size() != partition.columns().size()
        || !found.stream().allMatch(name -> partition.column(name).isPresent())) {
      throw new JobException(
          "Table %s is partitioned by %s and output.partition names %s: both must be the same"
              .formatted(target.name(), found, partition.names()));
    }
  }

  /** Partitions that rows bring are not known yet: then none of the table may be read. */
  private static void requireNotRead(
      SparkSession spark, TableTarget target, InputConfig input, Dataset<Row> table) {
    boolean whole = target.partition().isEmpty() || target.partition().isDynamic();
    Dataset<Row> replaced = whole ? table : Tables.partition(table, target.partition());
    Set<Path> written =
        InputFiles.of(spark, replaced).stream()
            .map(FileStatus::getPath)
            .collect(Collectors.toSet());
    boolean read =
        InputFiles.of(spark, input).stream().map(FileStatus::getPath).anyMatch(written::contains);
    if (read || (whole && target.name().equals(input.table()))) {
      throw new JobException(
          "Table %s is read and cannot be written in the same run".formatted(target.describe()));
    }
  }

  private void requireFree(Dataset<Row> standing) {
    if (!overwrite && !target.partition().isEmpty() && !standing.isEmpty()) {
      Row first = standing.select(partitionColumns()).head();
      List<String> names = target.partition().names();
      String partition =
          IntStream.range(0, names.size())
              .mapToObj(
                  column ->
                      ExternalCatalogUtils.getPartitionPathString(
                          names.get(column), Objects.toString(first.get(column), null)))
              .collect(Collectors.joining("/"));
      throw new JobException(
          "Partition %s of table %s exists. Give another output.partition, or --overwrite"
              .formatted(partition, target.name()));
    }
  }

  private Column[] partitionColumns() {
    return target.partition().names().stream().map(TableColumns::column).toArray(Column[]::new);
  }

  /**
   * Writes the rows of complete files.
   *
   * @param folder Parquet files
   * @throws JobException if rows are of a partition that may not be replaced
   */
  public void write(String folder) {
    // A session of this write's own: Spark ignores the overwrite mode as an option of insertInto,
    // and would delete every other partition; set on the user's session it would outlive the write.
    SparkSession own = spark.newSession();
    own.conf().set("spark.sql.sources.partitionOverwriteMode", "dynamic");
    own.conf().set("hive.exec.dynamic.partition", "true");
    own.conf().set("hive.exec.dynamic.partition.mode", "nonstrict");
    Dataset<Row> rows = own.read().parquet(folder);
    Tables.writing(
        target.name(),
        () -> {
          if (columns.isEmpty()) {
            create(rows);
          } else {
            replace(rows.select(columns.get().toArray(Column[]::new)));
          }
        });
    spark.catalog().refreshTable(target.name());
  }

  private void replace(Dataset<Row> rows) {
    if (target.partition().isDynamic() && !overwrite) {
      requireFree(standing(rows));
    }
    rows.write().mode(SaveMode.Overwrite).insertInto(target.name());
  }

  private void create(Dataset<Row> rows) {
    Dataset<Row> all = rows;
    for (PartitionSpec.Column column : target.partition().columns()) {
      if (column.value() != null) {
        all = all.withColumn(column.name(), functions.lit(column.value()));
      }
    }
    all.write()
        .mode(SaveMode.ErrorIfExists)
        .format("parquet")
        .partitionBy(target.partition().names().toArray(String[]::new))
        .saveAsTable(target.name());
  }

  /** The rows of the table that stand in the partitions of new rows. */
  private Dataset<Row> standing(Dataset<Row> rows) {
    Column any =
        rows
            .select(columns.get().toArray(Column[]::new))
            .select(partitionColumns())
            .distinct()
            .collectAsList()
            .stream()
            .map(this::isOf)
            .reduce(functions.lit(false), Column::or);
    return Tables.table(spark, target.name()).where(any);
  }

  private Column isOf(Row partition) {
    Column all = functions.lit(true);
    List<String> names = target.partition().names();
    for (int i = 0; i < names.size(); i++) {
      all = all.and(TableColumns.column(names.get(i)).eqNullSafe(partition.get(i)));
    }
    return all;
  }
}
