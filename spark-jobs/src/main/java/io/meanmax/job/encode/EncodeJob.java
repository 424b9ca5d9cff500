package io.meanmax.job.encode;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.meanmax.config.EncodeConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.job.runtime.Fingerprint;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.JobGroup;
import io.meanmax.job.runtime.PreparedVocabulary;
import io.meanmax.job.runtime.Shared;
import io.meanmax.job.runtime.StageCounts;
import io.meanmax.job.runtime.StageOutput;
import io.meanmax.job.runtime.StageRecord;
import io.meanmax.job.runtime.Tables;
import io.meanmax.job.runtime.VocabularyTables;
import io.meanmax.job.schema.Schemas;
import io.meanmax.vocabulary.Labels;
import io.meanmax.vocabulary.Vocabulary;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Turns tokens into ids and labels into label ids with weights. */
public final class EncodeJob {
  /** The stage's name. */
  public static final String STAGE = "encode";

  private static final String CUT = "cut";

  private final SparkSession spark;
  private final String tokensPath;
  private final String vocabularyPath;
  private final EncodeConfig config;
  private final OutputConfig output;

  /** A job that reads the outputs of {@code tokenize} and {@code vocabulary}. */
  public EncodeJob(
      SparkSession spark,
      String tokensPath,
      String vocabularyPath,
      EncodeConfig config,
      OutputConfig output) {
    this.spark = spark;
    this.tokensPath = tokensPath;
    this.vocabularyPath = vocabularyPath;
    this.config = config;
    this.output = output;
  }

  /** The state of inputs and settings. */
  public String fingerprint() {
    return Fingerprint.of(
        STAGE,
        StageRecord.require(hadoop(), tokensPath, "tokenize").fingerprint(),
        StageRecord.require(hadoop(), vocabularyPath, "vocabulary").fingerprint(),
        config.toString());
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  /**
   * Runs the job.
   *
   * @throws JobException if a label is not in the vocabulary's labels, or documents are missing
   */
  public EncodeResult run() {
    StageRecord tokens = StageRecord.require(hadoop(), tokensPath, "tokenize");
    JavaSparkContext sc = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (JobGroup group = new JobGroup(spark, STAGE, "reading the vocabulary");
        StageOutput stage = StageOutput.open(hadoop(), output, tokensPath, vocabularyPath)) {
      PreparedVocabulary prepared = VocabularyTables.of(spark, vocabularyPath);
      group.now("encoding " + tokensPath);
      Dataset<Row> documents = Tables.parquet(spark, tokensPath, Schemas.TOKENIZED);
      EncodeResult result;
      try (Shared<Vocabulary> sharedVocabulary = Shared.of(sc, prepared.vocabulary());
          Shared<Labels> sharedLabels = Shared.of(sc, prepared.labels())) {
        result = encode(documents, sharedVocabulary, sharedLabels, stage);
      }
      tokens.requireAll(tokensPath, "documents", result.examples());
      stage.publish(record(tokens, prepared.hash(), result));
      return result;
    }
  }

  private EncodeResult encode(
      Dataset<Row> documents,
      Shared<Vocabulary> vocabulary,
      Shared<Labels> labels,
      StageOutput stage) {
    StageCounts counts = new StageCounts();
    ExampleEncoder encoder = new ExampleEncoder(vocabulary, labels, config.maxTokens());
    Dataset<Row> encoded =
        documents.select(
            col(Schemas.ID),
            encoder.features().as(Schemas.FEATURES),
            encoder.label().as(Schemas.LABEL),
            encoder.weight().as(Schemas.WEIGHT),
            greatest(size(col(Schemas.TOKENS)).minus(config.maxTokens()), lit(0)).as(CUT));
    stage.save(watch(encoded, counts).drop(CUT));
    if (counts.count("unseen") > 0) {
      throw new JobException(
          "%d documents of %s carry a label that %s does not have; run vocabulary again"
              .formatted(counts.count("unseen"), tokensPath, vocabularyPath));
    }
    return new EncodeResult(
        stage.target(),
        counts.count("examples"),
        counts.count("words"),
        counts.count("truncated"),
        counts.count("cut"),
        counts.count("unknown"));
  }

  private static Dataset<Row> watch(Dataset<Row> encoded, StageCounts counts) {
    return counts.watch(
        encoded,
        count(lit(1)).as("examples"),
        sum(size(col(Schemas.FEATURES))).as("words"),
        count(when(col(CUT).gt(0), 1)).as("truncated"),
        sum(CUT).as("cut"),
        count(when(element_at(col(Schemas.FEATURES), 1).equalTo(Vocabulary.UNK), 1)).as("unknown"),
        count(when(col(Schemas.LABEL).equalTo(Labels.UNSEEN), 1)).as("unseen"));
  }

  private StageRecord record(StageRecord tokens, String vocabularyHash, EncodeResult result) {
    return new StageRecord(
        STAGE,
        fingerprint(),
        tokens.inputs(),
        Map.of(
            "examples", result.examples(),
            "words", result.words(),
            "truncated_examples", result.truncatedExamples(),
            "cut_tokens", result.cutTokens(),
            "unknown_examples", result.unknownExamples(),
            "rejected", tokens.counts().getOrDefault("rejected", 0L)),
        tokens.text(),
        vocabularyHash,
        config.maxTokens());
  }
}
