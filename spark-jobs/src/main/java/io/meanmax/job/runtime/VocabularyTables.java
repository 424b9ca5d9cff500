package io.meanmax.job.runtime;

import io.meanmax.job.schema.Schemas;
import io.meanmax.vocabulary.Labels;
import io.meanmax.vocabulary.Vocabulary;
import java.lang.ref.SoftReference;
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

  /** What this JVM wrote or read last: {@code run} needs it three times. */
  private static volatile SoftReference<PreparedVocabulary> last = new SoftReference<>(null);

  private VocabularyTables() {}

  /** Writes both tables into a folder. */
  public static void write(SparkSession spark, String folder, PreparedVocabulary prepared) {
    JavaSparkContext sc = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (Shared<Vocabulary> shared = Shared.of(sc, prepared.vocabulary())) {
      Dataset<Long> ids = spark.range(0, prepared.vocabulary().size(), 1, 1);
      write(ids.select(new VocabularyColumns(shared).all()), folder + "/" + VOCABULARY);
    }
    Labels labels = prepared.labels();
    List<Row> names = new ArrayList<>(labels.size());
    for (int id = 0; id < labels.size(); id++) {
      Labels.Entry entry = labels.entries().get(id);
      names.add(RowFactory.create(id, entry.label(), entry.count(), entry.weight()));
    }
    write(spark.createDataFrame(names, Schemas.LABELS).coalesce(1), folder + "/" + LABELS);
    last = new SoftReference<>(prepared);
  }

  private static void write(Dataset<Row> table, String path) {
    table.write().parquet(path);
  }

  /**
   * The vocabulary and labels of a stage's output; its tables are not read again if this JVM holds
   * what the stage's record says that they hold.
   *
   * @throws JobException if it is not the output of a finished {@code vocabulary}
   */
  public static PreparedVocabulary of(SparkSession spark, String folder) {
    StageRecord record =
        StageRecord.require(spark.sparkContext().hadoopConfiguration(), folder, "vocabulary");
    PreparedVocabulary held = last.get();
    if (held == null || !held.hash().equals(record.vocabularyHash())) {
      held = read(spark, folder);
      last = new SoftReference<>(held);
    }
    return held;
  }

  /** Reads both tables of a folder. */
  public static PreparedVocabulary read(SparkSession spark, String folder) {
    List<Vocabulary.Entry> tokens = new ArrayList<>();
    for (Row row : rows(spark, folder + "/" + VOCABULARY, Schemas.VOCABULARY)) {
      tokens.add(new Vocabulary.Entry(row.getString(1), row.getLong(2), row.getLong(3)));
    }
    List<Labels.Entry> labels = new ArrayList<>();
    for (Row row : rows(spark, folder + "/" + LABELS, Schemas.LABELS)) {
      labels.add(new Labels.Entry(row.getString(1), row.getLong(2), row.getDouble(3)));
    }
    return PreparedVocabulary.of(Vocabulary.of(tokens), Labels.of(labels));
  }

  /** All rows by id; the vocabulary has to fit in the driver's memory anyway. */
  private static List<Row> rows(SparkSession spark, String path, StructType schema) {
    Dataset<Row> table = Tables.parquet(spark, path, schema);
    // Sorted here: a sort of Spark's would be three jobs more.
    List<Row> sorted =
        new ArrayList<>(
            table
                .select(schema.fieldNames()[0], Arrays.copyOfRange(schema.fieldNames(), 1, 4))
                .collectAsList());
    sorted.sort(Comparator.comparingInt(row -> row.getInt(0)));
    for (int id = 0; id < sorted.size(); id++) {
      if (sorted.get(id).getInt(0) != id) {
        throw new JobException(
            "%s has no id %d: its ids must be 0, 1, 2 … without a gap".formatted(path, id));
      }
    }
    return sorted;
  }
}
