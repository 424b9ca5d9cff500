package io.meanmax.job.embeddings;

import static org.apache.spark.sql.functions.col;

import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.TextClassifier;
import io.meanmax.config.ConfigurationException;
import io.meanmax.config.EmbeddingsConfig;
import io.meanmax.config.InputConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.embedding.Word2VecText;
import io.meanmax.job.documents.DocumentReader;
import io.meanmax.job.documents.KeptColumns;
import io.meanmax.job.documents.Labelling;
import io.meanmax.job.documents.Rejections;
import io.meanmax.job.runtime.Fingerprint;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.JobGroup;
import io.meanmax.job.runtime.Models;
import io.meanmax.job.runtime.StageOutput;
import io.meanmax.job.runtime.StageRecord;
import io.meanmax.job.runtime.StagedRows;
import io.meanmax.job.runtime.TableOutput;
import io.meanmax.job.schema.Schemas;
import io.meanmax.vocabulary.Vocabulary;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
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
   * @param output the folder; with a table, which takes the vectors, the folder takes the rejected
   *     rows and the word2vec text
   * @throws ConfigurationException if a table is to take vectors of words and of documents
   */
  public EmbeddingsJob(
      SparkSession spark,
      Bundle bundle,
      Optional<InputConfig> input,
      EmbeddingsConfig config,
      OutputConfig output) {
    requireOneKind(config, input, output);
    this.spark = spark;
    this.bundle = bundle;
    this.input = config.documents() ? input : Optional.empty();
    this.config = config;
    this.output = output;
  }

  /**
   * Checks that a table is to take one kind of vectors: their columns differ.
   *
   * @throws ConfigurationException if not
   */
  public static void requireOneKind(
      EmbeddingsConfig config, Optional<InputConfig> input, OutputConfig output) {
    if (output.table() != null && config.words() && config.documents() && input.isPresent()) {
      throw new ConfigurationException(
          ("Table %s takes the vectors of words or those of documents: set embeddings.words = false"
                  + " or embeddings.documents = false")
              .formatted(output.table().name()));
    }
  }

  /** The state of inputs and settings. */
  public String fingerprint() {
    return Fingerprint.of(
        STAGE,
        bundle.path().toString(),
        input.map(documents -> Fingerprint.of(spark, documents)).orElse(""),
        input.toString(),
        config.toString(),
        String.valueOf(output.table()));
  }

  /**
   * Runs the job.
   *
   * @throws JobException if the input is missing, too much of it is unusable, or what stands there
   *     may not be replaced
   */
  public EmbeddingsResult run() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    JavaSparkContext sc = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (JobGroup group = new JobGroup(spark, STAGE, bundle.path().toString());
        StageOutput stage =
            StageOutput.open(hadoop, output.folder(), input.map(InputConfig::path).orElse(null))) {
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
        Rejections rejections = rejections(input.get());
        Saved saved = save(vectors(rejections.documents(), model), "documents", stage);
        rejected = rejections.write(stage.path());
        documents = rejections.documentCount();
        publish(saved, documents, stage);
      }
      String target = output.table() == null ? stage.target() : output.table().describe();
      EmbeddingsResult result = new EmbeddingsResult(target, words, documents, rejected);
      stage.publish(record(fingerprint, result));
      return result;
    }
  }

  private long writeWords(Models.Reference model, StageOutput stage) {
    TextClassifier classifier = model.load();
    int size = classifier.vocabulary().size();
    Saved saved =
        save(
            spark
                .range(FIRST_WORD, size, 1, size / WORDS_A_PARTITION + 1)
                .mapPartitions(new WordVectors(model), Encoders.row(Schemas.WORD_VECTORS)),
            "words",
            stage);
    try {
      Word2VecText.write(
          classifier.parameters().embedding(),
          FIRST_WORD,
          classifier.vocabulary()::token,
          stage.create("words.vec"));
    } catch (IOException e) {
      throw new JobException("Cannot write words.vec: " + e.getMessage(), e);
    }
    long words = (long) size - FIRST_WORD;
    publish(saved, words, stage);
    return words;
  }

  private Rejections rejections(InputConfig documents) {
    return new Rejections(
        DocumentReader.read(spark, documents, Labelling.OPTIONAL, config.keepColumns()), documents);
  }

  private static Dataset<Row> vectors(Dataset<Row> documents, Models.Reference model) {
    return KeptColumns.select(
        documents,
        col(Schemas.ID),
        new DocumentVectors(model).of(col(Schemas.TEXT)).as(Schemas.VECTOR));
  }

  /** Vectors in the output's folder, on their way to a table if there is one. */
  private record Saved(String part, Optional<TableOutput> table) {}

  private Saved save(Dataset<Row> vectors, String part, StageOutput stage) {
    Optional<TableOutput> table =
        Optional.ofNullable(output.table())
            .map(target -> TableOutput.open(spark, output, input, vectors.schema()));
    stage.save(vectors, part);
    return new Saved(part, table);
  }

  private void publish(Saved saved, long expected, StageOutput stage) {
    StagedRows.require(spark, stage.path(saved.part()), expected);
    if (saved.table().isPresent()) {
      saved.table().get().write(stage.path(saved.part()));
      stage.delete(saved.part());
    }
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
