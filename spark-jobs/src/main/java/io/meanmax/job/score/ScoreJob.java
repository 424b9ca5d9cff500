package io.meanmax.job.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.meanmax.bundle.Bundle;
import io.meanmax.config.InputConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.ScoreConfig;
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
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Writes the likeliest labels of each document to Parquet files or a Hive table. */
public final class ScoreJob {
  /** The stage's name. */
  public static final String STAGE = "score";

  private static final String FOR_TABLE = "table";

  private final SparkSession spark;
  private final Bundle bundle;
  private final InputConfig input;
  private final ScoreConfig config;
  private final OutputConfig output;

  /**
   * A job that scores the documents of {@code input} with {@code bundle}.
   *
   * @param output the folder; with a table, the folder takes only the rejected rows
   */
  public ScoreJob(
      SparkSession spark,
      Bundle bundle,
      InputConfig input,
      ScoreConfig config,
      OutputConfig output) {
    this.spark = spark;
    this.bundle = bundle;
    this.input = input;
    this.config = config;
    this.output = output;
  }

  /** The state of inputs and settings. */
  public String fingerprint() {
    return Fingerprint.of(
        STAGE,
        bundle.path().toString(),
        Fingerprint.of(spark, input),
        input.toString(),
        config.toString(),
        String.valueOf(output.table()));
  }

  /**
   * Runs the job.
   *
   * @throws JobException if the input is missing, too much of it is unusable, or the table, or a
   *     partition of it, exists and may not be replaced
   */
  public ScoreResult run() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    JavaSparkContext sc = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (JobGroup group = new JobGroup(spark, STAGE, input.describe());
        StageOutput stage = StageOutput.open(hadoop, output.folder(), input.path())) {
      group.now("scoring " + input.describe());
      String fingerprint = fingerprint();
      Rejections rejections =
          new Rejections(
              DocumentReader.read(spark, input, Labelling.OPTIONAL, config.keepColumns()), input);
      Dataset<Row> scored = score(rejections.documents(), Models.reference(sc, bundle));
      Optional<TableOutput> table = table(scored.schema());
      String folder = table.isPresent() ? stage.path(FOR_TABLE) : stage.path();
      if (table.isPresent()) {
        stage.save(scored, FOR_TABLE);
      } else {
        stage.save(scored);
      }
      long rejected = rejections.write(stage.path());
      StagedRows.require(spark, folder, rejections.documentCount());
      if (table.isPresent()) {
        group.now("writing table " + output.table().describe());
        table.get().write(folder);
        stage.delete(FOR_TABLE);
      }
      stage.publish(record(fingerprint, rejections.documentCount(), rejected));
      String target = table.isPresent() ? output.table().describe() : stage.target();
      return new ScoreResult(target, rejections.documentCount(), rejected);
    }
  }

  private Dataset<Row> score(Dataset<Row> documents, Models.Reference model) {
    return KeptColumns.select(
        documents,
        col(Schemas.ID),
        new LikeliestLabels(model, config.top()).of(col(Schemas.TEXT)).as(Schemas.PREDICTIONS),
        lit(bundle.manifest().model()).as("model"),
        lit(bundle.manifest().version()).as("model_version"),
        lit(Timestamp.from(Instant.now())).as("scored_at"));
  }

  private Optional<TableOutput> table(StructType rows) {
    return output.table() == null
        ? Optional.empty()
        : Optional.of(TableOutput.open(spark, output, Optional.of(input), rows));
  }

  private StageRecord record(String fingerprint, long rows, long rejected) {
    return new StageRecord(
        STAGE,
        fingerprint,
        Map.of(input.describe(), Fingerprint.of(spark, input)),
        Map.of("rows", rows, "rejected", rejected),
        null,
        bundle.manifest().vocabularyHash(),
        bundle.manifest().training().maxTokens());
  }
}
