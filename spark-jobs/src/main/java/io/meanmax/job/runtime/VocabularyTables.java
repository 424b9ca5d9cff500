package io.meanmax.job.runtime;

import io.meanmax.job.schema.Schemas;
import io.meanmax.vocabulary.Labels;
import io.meanmax.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The Parquet tables of a vocabulary and its labels, which the stages hand to one another. */
public final class VocabularyTables {
  private static final String VOCABULARY = "vocabulary";
  private static final String LABELS = "labels";

  private VocabularyTables() {}

  /** Writes both tables into a folder. */
  public static void write(
      SparkSession spark, String folder, Vocabulary vocabulary, Labels labels) {
    JavaSparkContext sc = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (Shared<Vocabulary> shared = Shared.of(sc, vocabulary)) {
      Dataset<Long> ids = spark.range(0, vocabulary.size(), 1, 1);
      write(ids.select(new VocabularyColumns(shared).all()), folder + "/" + VOCABULARY);
    }
    List<Row> names = new ArrayList<>(labels.size());
    for (int id = 0; id < labels.size(); id++) {
      Labels.Entry entry = labels.entries().get(id);
      names.add(RowFactory.create(id, entry.label(), entry.count(), entry.weight()));
    }
    write(spark.createDataFrame(names, Schemas.LABELS).coalesce(1), folder + "/" + LABELS);
  }

  private static void write(Dataset<Row> table, String path) {
    table.write().parquet(path);
  }

  /** Reads the vocabulary of a folder. */
  public static Vocabulary vocabulary(SparkSession spark, String folder) {
    List<Vocabulary.Entry> entries = new ArrayList<>();
    for (Row row : read(spark, folder + "/" + VOCABULARY, Schemas.VOCABULARY)) {
      entries.add(new Vocabulary.Entry(row.getString(1), row.getLong(2), row.getLong(3)));
    }
    return Vocabulary.of(entries);
  }

  /** Reads the labels of a folder. */
  public static Labels labels(SparkSession spark, String folder) {
    List<Labels.Entry> entries = new ArrayList<>();
    for (Row row : read(spark, folder + "/" + LABELS, Schemas.LABELS)) {
      entries.add(new Labels.Entry(row.getString(1), row.getLong(2), row.getDouble(3)));
    }
    return Labels.of(entries);
  }

  /** All rows by id; the vocabulary has to fit in the driver's memory anyway. */
  private static List<Row> read(SparkSession spark, String path, StructType schema) {
    Dataset<Row> table = spark.read().parquet(path);
    Schemas.require(schema, table.schema(), path);
    // Sorted here: a sort of Spark's would be three jobs more.
    List<Row> rows =
        new ArrayList<>(
            table
                .select(schema.fieldNames()[0], Arrays.copyOfRange(schema.fieldNames(), 1, 4))
                .collectAsList());
    rows.sort(Comparator.comparingInt(row -> row.getInt(0)));
    for (int id = 0; id < rows.size(); id++) {
      if (rows.get(id).getInt(0) != id) {
        throw new JobException(
            "%s has no id %d: its ids must be 0, 1, 2 … without a gap".formatted(path, id));
      }
    }
    return rows;
  }
}
