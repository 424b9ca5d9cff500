package io.meanmax.job.vocabulary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.meanmax.config.OutputConfig;
import io.meanmax.config.VocabularyConfig;
import io.meanmax.job.runtime.Fingerprint;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.JobGroup;
import io.meanmax.job.runtime.PreparedVocabulary;
import io.meanmax.job.runtime.StageCounts;
import io.meanmax.job.runtime.StageOutput;
import io.meanmax.job.runtime.StageRecord;
import io.meanmax.job.runtime.Tables;
import io.meanmax.job.runtime.VocabularyTables;
import io.meanmax.job.schema.Schemas;
import io.meanmax.vocabulary.Labels;
import io.meanmax.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts tokens and labels and gives them ids: by count descending, ties by the UTF-8 bytes of the
 * text, so that the same corpus gives the same ids however it is partitioned. The vocabulary is
 * collected on the driver, where every later stage needs it whole anyway.
 */
public final class VocabularyJob {
  /** The stage's name. */
  public static final String STAGE = "vocabulary";

  private static final StructType COUNTED =
      new StructType()
          .add(Schemas.TOKEN, DataTypes.StringType, false)
          .add(Schemas.COUNT, DataTypes.LongType, false)
          .add(Schemas.DOCUMENT_COUNT, DataTypes.LongType, false);

  /** Labels as tokens are ordered; no label first, to be told of. */
  private static final Comparator<Row> BY_COUNT =
      Comparator.comparingLong((Row row) -> -row.getLong(1))
          .thenComparing(
              row -> row.getString(0) == null ? new byte[0] : row.getString(0).getBytes(UTF_8),
              Arrays::compareUnsigned);

  private final SparkSession spark;
  private final String tokensPath;
  private final VocabularyConfig config;
  private final OutputConfig output;

  /** A job that reads the output of {@code tokenize} at {@code tokensPath}. */
  public VocabularyJob(
      SparkSession spark, String tokensPath, VocabularyConfig config, OutputConfig output) {
    this.spark = spark;
    this.tokensPath = tokensPath;
    this.config = config;
    this.output = output;
  }

  /** The state of inputs and settings. */
  public String fingerprint() {
    return Fingerprint.of(STAGE, tokenRecord().fingerprint(), config.toString());
  }

  private StageRecord tokenRecord() {
    return StageRecord.require(hadoop(), tokensPath, "tokenize");
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  /**
   * Runs the job.
   *
   * @throws JobException if a document has no label, all have the same, some are missing, or no
   *     token is left
   */
  public VocabularyResult run() {
    StageRecord tokens = tokenRecord();
    try (JobGroup group = new JobGroup(spark, STAGE, tokensPath);
        StageOutput stage = StageOutput.open(hadoop(), output, tokensPath)) {
      Dataset<Row> documents = Tables.parquet(spark, tokensPath, Schemas.TOKENIZED);
      group.now("counting labels");
      Labels labels = labels(documents);
      group.now("counting tokens");
      Vocabulary vocabulary = vocabulary(countTokens(documents));
      VocabularyResult result = result(stage, vocabulary, labels);
      tokens.requireAll(tokensPath, "documents", result.documents());
      group.now("writing");
      PreparedVocabulary prepared = PreparedVocabulary.of(vocabulary, labels);
      VocabularyTables.write(spark, stage.path(), prepared);
      stage.publish(record(tokens, prepared.hash(), result));
      return result;
    }
  }

  private Dataset<Row> countTokens(Dataset<Row> documents) {
    JavaRDD<Row> parts =
        documents
            .select(Schemas.TOKENS)
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(new CountTokens());
    return spark
        .createDataFrame(parts, COUNTED)
        .groupBy(Schemas.TOKEN)
        .agg(
            sum(Schemas.COUNT).as(Schemas.COUNT),
            sum(Schemas.DOCUMENT_COUNT).as(Schemas.DOCUMENT_COUNT));
  }

  private Vocabulary vocabulary(Dataset<Row> counts) {
    StageCounts total = new StageCounts();
    List<Row> kept =
        total
            .watch(counts, sum(Schemas.COUNT).as("words"))
            .filter(col(Schemas.COUNT).geq(config.minCount()))
            .orderBy(col(Schemas.COUNT).desc(), col(Schemas.TOKEN).asc())
            .limit(config.maxSize())
            .collectAsList();
    if (kept.isEmpty()) {
      throw noTokens(total.count("words"));
    }
    long known = kept.stream().mapToLong(row -> row.getLong(1)).sum();
    List<Vocabulary.Entry> entries = new ArrayList<>(kept.size() + 2);
    entries.add(Vocabulary.padEntry());
    entries.add(Vocabulary.unknownEntry(total.count("words") - known));
    for (Row row : kept) {
      entries.add(new Vocabulary.Entry(row.getString(0), row.getLong(1), row.getLong(2)));
    }
    return Vocabulary.of(entries);
  }

  private JobException noTokens(long words) {
    return new JobException(
        words == 0
            ? "No document of %s has a token; see the settings of tokenizer".formatted(tokensPath)
            : "No token of %s stands %d times (vocabulary.min-count); there are %,d words in all"
                .formatted(tokensPath, config.minCount(), words));
  }

  private Labels labels(Dataset<Row> documents) {
    List<Row> counted =
        new ArrayList<>(
            documents.groupBy(Schemas.LABEL).agg(count(lit(1)).as(Schemas.COUNT)).collectAsList());
    counted.sort(BY_COUNT);
    long[] counts = counted.stream().mapToLong(row -> row.getLong(1)).toArray();
    double[] weights = config.labelWeighting().weights(counts);
    List<Labels.Entry> entries = new ArrayList<>();
    for (int id = 0; id < counts.length; id++) {
      String label = counted.get(id).getString(0);
      if (label == null) {
        throw new JobException(
            "%d documents of %s have no label; training needs one for each"
                .formatted(counts[id], tokensPath));
      }
      entries.add(new Labels.Entry(label, counts[id], weights[id]));
    }
    if (entries.size() < 2) {
      throw new JobException(
          "All %d documents of %s have the label '%s'; a classifier needs at least 2 labels"
              .formatted(counts[0], tokensPath, entries.get(0).label()));
    }
    return Labels.of(entries);
  }

  private VocabularyResult result(StageOutput stage, Vocabulary vocabulary, Labels labels) {
    long unknown = vocabulary.entries().get(Vocabulary.UNK).count();
    long words = vocabulary.entries().stream().mapToLong(Vocabulary.Entry::count).sum();
    long documents = labels.entries().stream().mapToLong(Labels.Entry::count).sum();
    return new VocabularyResult(
        stage.target(), vocabulary.size() - 2, words, unknown, labels.size(), documents);
  }

  private StageRecord record(StageRecord tokens, String hash, VocabularyResult result) {
    return new StageRecord(
        STAGE,
        fingerprint(),
        tokens.inputs(),
        Map.of(
            "documents", result.documents(),
            "tokens", (long) result.tokens(),
            "words", result.words(),
            "unknown_words", result.unknownWords(),
            "labels", (long) result.labels()),
        tokens.text(),
        hash,
        0);
  }
}
