package io.meanmax.job.documents;

import io.meanmax.config.InputConfig;
import io.meanmax.job.runtime.Fingerprint;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.schema.Schemas;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Documents from tables: Parquet, ORC, CSV with line breaks in fields, Hive tables, queries. A row
 * without an id column is called by a hash of its text and label, so that it has the same id in
 * every run.
 */
final class TableReader {
  private TableReader() {}

  static Dataset<Row> read(SparkSession spark, InputConfig input, Labelling labelling) {
    Dataset<Row> table = open(spark, input);
    String idColumn = input.idColumn() == null ? "id" : input.idColumn();
    Dataset<Row> columns =
        table.select(
            column(table, idColumn, input.idColumn() != null, "input.id-column", input),
            column(
                table,
                input.labelColumn(),
                labelling == Labelling.REQUIRED,
                "input.label-column",
                input),
            column(table, input.textColumn(), true, "input.text-column", input),
            input.weightColumn() == null
                ? functions.lit(null).cast("string")
                : column(table, input.weightColumn(), true, "input.weight-column", input));
    return columns.map(
        new ParseRow(input.describe(), new Parsed.Rules(input, labelling)),
        Encoders.row(Schemas.READ));
  }

  private static Dataset<Row> open(SparkSession spark, InputConfig input) {
    try {
      if (input.table() != null) {
        return spark.table(input.table());
      }
      if (input.query() != null) {
        return spark.sql(input.query());
      }
      return switch (input.format()) {
        case ORC -> spark.read().orc(input.path());
        case CSV ->
            spark
                .read()
                .option("header", true)
                .option("multiLine", true)
                .option("escape", "\"")
                .option("sep", String.valueOf(input.csvDelimiter()))
                .csv(input.path());
        default -> spark.read().parquet(input.path());
      };
    } catch (Exception e) {
      // Spark throws the checked AnalysisException here without declaring it to Java.
      if (e instanceof AnalysisException || e instanceof org.apache.spark.SparkException) {
        throw new JobException("Cannot read " + input.describe() + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }

  private static Column column(
      Dataset<Row> table, String name, boolean required, String key, InputConfig input) {
    if (List.of(table.columns()).contains(name)) {
      return table.col("`" + name.replace("`", "``") + "`").cast("string");
    }
    if (required) {
      throw new JobException(
          "%s has no column '%s' (%s); it has %s"
              .formatted(input.describe(), name, key, List.of(table.columns())));
    }
    return functions.lit(null).cast("string");
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
      String label = row.getString(1);
      String text = row.getString(2);
      String id = row.getString(0) != null ? row.getString(0) : hash(label, text);
      Parsed parsed = rules.check(Fields.document(id, label, text, row.getString(3)));
      return parsed.toRow(source + ":" + id, text);
    }

    private static String hash(String label, String text) {
      return Fingerprint.of(String.valueOf(label), String.valueOf(text))
          .substring(0, ID_CHARACTERS);
    }
  }
}
