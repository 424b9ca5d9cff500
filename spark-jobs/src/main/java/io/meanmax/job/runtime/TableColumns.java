package io.meanmax.job.runtime;

import io.meanmax.config.PartitionSpec;
import io.meanmax.config.TableTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** How the columns of rows and of a partition go into those of a table: by name. */
final class TableColumns {
  private TableColumns() {}

  /**
   * The table's columns, in its order, made of a row's. Names match in any case of their letters,
   * types must be the same.
   *
   * @param rows what would be written
   * @throws JobException naming every column that does not fit
   */
  static List<Column> of(
      SparkSession spark, TableTarget target, StructType table, StructType rows) {
    List<String> wrong = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (StructField field : table.fields()) {
      Optional<String> value =
          target.partition().column(field.name()).map(PartitionSpec.Column::value);
      Optional<StructField> given = field(rows, field.name());
      if (value.isPresent()) {
        columns.add(value(spark, target, field, value.get()));
      } else if (given.isEmpty()) {
        wrong.add(
            "%s %s of the table gets no value"
                .formatted(field.name(), field.dataType().catalogString()));
      } else if (!DataType.equalsIgnoreNullability(field.dataType(), given.get().dataType())) {
        wrong.add(
            "%s is %s in the table and %s in what would be written"
                .formatted(
                    field.name(),
                    field.dataType().catalogString(),
                    given.get().dataType().catalogString()));
      } else {
        columns.add(column(given.get().name()));
      }
    }
    for (StructField field : rows.fields()) {
      if (field(table, field.name()).isEmpty()) {
        wrong.add(
            "the table has no %s %s".formatted(field.name(), field.dataType().catalogString()));
      }
    }
    if (!wrong.isEmpty()) {
      throw new JobException(
          "Table %s does not fit what would be written: %s"
              .formatted(target.name(), String.join("; ", wrong)));
    }
    return columns;
  }

  static Optional<StructField> field(StructType columns, String name) {
    return Arrays.stream(columns.fields())
        .filter(field -> field.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** A column by its name, which may hold dots. */
  static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  /** The value that every row gets, in the column's type. */
  private static Column value(
      SparkSession spark, TableTarget target, StructField field, String value) {
    Column typed = functions.lit(value).cast(field.dataType());
    if (!field.dataType().equals(DataTypes.StringType)
        && spark.range(1).select(typed.isNull()).head().getBoolean(0)) {
      throw new JobException(
          "output.partition: '%s' is no %s, which %s of table %s is"
              .formatted(value, field.dataType().catalogString(), field.name(), target.name()));
    }
    return typed.as(field.name());
  }
}
