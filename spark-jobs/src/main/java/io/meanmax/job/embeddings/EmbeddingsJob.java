package io.meanmax.job.embeddings;

import static org.apache.spark.sql.functions.col;

import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.TextClassifier;
import io.meanmax.config.EmbeddingsConfig;
import io.meanmax.config.InputConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.embedding.Word2VecText;
import io.meanmax.job.documents.DocumentReader;
import io.meanmax.job.documents.Labelling;
import io.meanmax.job.documents.Rejections;
import io.meanmax.job.runtime.Fingerprint;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.JobGroup;
import io.meanmax.job.runtime.Models;
import io.meanmax.job.runtime.StageOutput;
import io.meanmax.job.runtime.StageRecord;
import io.meanmax.job.schema.Schemas;
import io.meanmax.vocabulary.Vocabulary;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** Writes the vectors that a model learned, of words and of documents. */
public final class EmbeddingsJob {
  /** The stage's name. */
  public static final String STAGE = "embeddings";

  private static final int FIRST_WORD = Vocabulary.UNK + 1;
  private static final int WORDS_A_PARTITION = 100_000;

  private final SparkSession spark;
  private final Bundle bundle;
  private final Optional<InputConfig> input;
  private final EmbeddingsConfig config;
  private final OutputConfig output;

  /**
   * A job over a model.
   *
   * @param input documents whose vectors are wanted, if any
   */
  public EmbeddingsJob(
      SparkSession spark,
      Bundle bundle,
      Optional<InputConfig> input,
      EmbeddingsConfig config,
      OutputConfig output) {
    this.spark = spark;
    this.bundle = bundle;
    this.input = config.documents() ? input : Optional.empty();
    this.config = config;
    this.output = output;
  }

  /** The state of inputs and settings. */
  public String fingerprint() {
    return Fingerprint.of(
        STAGE,
        bundle.path().toString(),
        input.map(documents -> Fingerprint.of(spark, documents)).orElse(""),
        input.toString(),
        config.toString());
  }

  /** Runs the job. */
  public EmbeddingsResult run() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    JavaSparkContext sc = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (JobGroup group = new JobGroup(spark, STAGE, bundle.path().toString());
        StageOutput stage =
            StageOutput.open(hadoop, output, input.map(InputConfig::path).orElse(null))) {
      String fingerprint = fingerprint();
      Models.Reference model = Models.reference(sc, bundle);
      long words = 0;
      if (config.words()) {
        group.now("writing word vectors");
        words = writeWords(model, stage);
      }
      long documents = 0;
      long rejected = 0;
      if (input.isPresent()) {
        group.now("writing vectors of " + input.get().describe());
        Rejections rejections =
            new Rejections(
                DocumentReader.read(spark, input.get(), Labelling.OPTIONAL), input.get());
        stage.save(
            rejections
                .documents()
                .select(
                    col(Schemas.ID),
                    new DocumentVectors(model).of(col(Schemas.TEXT)).as(Schemas.VECTOR)),
            "documents");
        rejected = rejections.write(stage.path());
        documents = rejections.documentCount();
      }
      EmbeddingsResult result = new EmbeddingsResult(stage.target(), words, documents, rejected);
      stage.publish(record(fingerprint, result));
      return result;
    }
  }

  private long writeWords(Models.Reference model, StageOutput stage) {
    TextClassifier classifier = model.load();
    int size = classifier.vocabulary().size();
    stage.save(
        spark
            .range(FIRST_WORD, size, 1, size / WORDS_A_PARTITION + 1)
            .mapPartitions(new WordVectors(model), Encoders.row(Schemas.WORD_VECTORS)),
        "words");
    try {
      Word2VecText.write(
          classifier.parameters().embedding(),
          FIRST_WORD,
          classifier.vocabulary()::token,
          stage.create("words.vec"));
    } catch (IOException e) {
      throw new JobException("Cannot write words.vec: " + e.getMessage(), e);
    }
    return (long) size - FIRST_WORD;
  }

  private StageRecord record(String fingerprint, EmbeddingsResult result) {
    return new StageRecord(
        STAGE,
        fingerprint,
        Map.of(),
        Map.of(
            "words", result.words(),
            "documents", result.documents(),
            "rejected", result.rejected()),
        null,
        bundle.manifest().vocabularyHash(),
        bundle.manifest().training().maxTokens());
  }
}
