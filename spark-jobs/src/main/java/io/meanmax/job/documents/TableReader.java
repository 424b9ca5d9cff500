package io.meanmax.job.documents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.meanmax.config.InputConfig;
import io.meanmax.job.runtime.Fingerprint;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.Tables;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * Documents from tables: Parquet, ORC, CSV with line breaks in fields, Hive tables, queries. A row
 * without an id column is called by a hash of its text and label, so that it has the same id in
 * every run.
 */
final class TableReader {
  private TableReader() {}

  static Dataset<Row> read(
      SparkSession spark, InputConfig input, Labelling labelling, List<String> kept) {
    Dataset<Row> table = open(spark, input);
    String idColumn = input.idColumn() == null ? "id" : input.idColumn();
    List<Column> columns = new ArrayList<>();
    columns.add(column(table, idColumn, input.idColumn() != null, "input.id-column", input));
    columns.add(
        column(
            table,
            input.labelColumn(),
            labelling == Labelling.REQUIRED,
            "input.label-column",
            input));
    columns.add(column(table, input.textColumn(), true, "input.text-column", input));
    columns.add(
        input.weightColumn() == null
            ? functions.lit(null).cast("binary")
            : column(table, input.weightColumn(), true, "input.weight-column", input));
    if (!kept.isEmpty()) {
      columns.add(KeptColumns.of(table, kept, input));
    }
    Dataset<Row> selected = table.select(columns.toArray(Column[]::new));
    return selected.map(
        new ParseRow(input.describe(), new Parsed.Rules(input, labelling)),
        Encoders.row(KeptColumns.read(selected.schema())));
  }

  private static Dataset<Row> open(SparkSession spark, InputConfig input) {
    if (input.path() == null) {
      return Tables.open(spark, input);
    }
    return Tables.reading(
        input.path(),
        () ->
            switch (input.format()) {
              case ORC -> spark.read().orc(input.path());
              case CSV -> csv(spark, input);
              default -> spark.read().parquet(input.path());
            });
  }

  /** As ISO-8859-1, which keeps every byte: the reader would put U+FFFD for invalid UTF-8. */
  private static Dataset<Row> csv(SparkSession spark, InputConfig input) {
    String delimiter = String.valueOf(input.csvDelimiter());
    Dataset<Row> bytes =
        spark
            .read()
            .option("header", true)
            .option("multiLine", true)
            .option("escape", "\"")
            .option("enforceSchema", false)
            .option("encoding", "ISO-8859-1")
            .option("sep", new String(delimiter.getBytes(UTF_8), ISO_8859_1))
            .csv(input.path());
    return bytes.toDF(
        Arrays.stream(bytes.columns())
            .map(name -> new String(name.getBytes(ISO_8859_1), UTF_8))
            .map(name -> name.startsWith("\uFEFF") ? name.substring(1) : name)
            .toArray(String[]::new));
  }

  /** A column as the bytes of its text, which need not be valid UTF-8. */
  private static Column column(
      Dataset<Row> table, String name, boolean required, String key, InputConfig input) {
    if (List.of(table.columns()).contains(name)) {
      Column column = table.col("`" + name.replace("`", "``") + "`");
      requireText(table.schema().apply(name).dataType(), name, key, input);
      return input.path() != null && input.format() == InputConfig.Format.CSV
          ? functions.encode(column, "ISO-8859-1")
          : column.cast("string").cast("binary");
    }
    if (required) {
      throw new JobException(
          "%s has no column '%s' (%s); it has %s"
              .formatted(input.describe(), name, key, List.of(table.columns())));
    }
    return functions.lit(null).cast("binary");
  }

  private static void requireText(DataType type, String name, String key, InputConfig input) {
    if (type instanceof ArrayType || type instanceof MapType || type instanceof StructType) {
      throw new JobException(
          "Column '%s' (%s) of %s is %s; it has to be text or a number"
              .formatted(name, key, input.describe(), type.catalogString()));
    }
  }

  /** Makes a document of (id, label, text, weight). */
  private static final class ParseRow implements MapFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final int ID_CHARACTERS = 24;
    private final String source;
    private final Parsed.Rules rules;

    ParseRow(String source, Parsed.Rules rules) {
      this.source = source;
      this.rules = rules;
    }

    @Override
    public Row call(Row row) {
      String label = text(row, 1);
      String text = text(row, 2);
      String id = row.isNullAt(0) ? hash(label, text) : text(row, 0);
      Parsed parsed =
          isUtf8(row, 0) && isUtf8(row, 1) && isUtf8(row, 2)
              ? rules.check(Fields.document(id, label, text, text(row, 3)))
              : Parsed.rejected("invalid UTF-8");
      return KeptColumns.with(parsed.toRow(source + ":" + id, text), row);
    }

    private static String text(Row row, int column) {
      return row.isNullAt(column) ? null : new String(row.<byte[]>getAs(column), UTF_8);
    }

    private static boolean isUtf8(Row row, int column) {
      if (row.isNullAt(column)) {
        return true;
      }
      try {
        UTF_8.newDecoder().decode(ByteBuffer.wrap(row.<byte[]>getAs(column)));
        return true;
      } catch (CharacterCodingException e) {
        return false;
      }
    }

    private static String hash(String label, String text) {
      return Fingerprint.of(String.valueOf(label), String.valueOf(text))
          .substring(0, ID_CHARACTERS);
    }
  }
}
