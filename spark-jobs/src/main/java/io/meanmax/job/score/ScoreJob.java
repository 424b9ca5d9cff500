package io.meanmax.job.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.meanmax.bundle.Bundle;
import io.meanmax.config.InputConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.ScoreConfig;
import io.meanmax.job.documents.DocumentReader;
import io.meanmax.job.documents.Labelling;
import io.meanmax.job.documents.Rejections;
import io.meanmax.job.runtime.Fingerprint;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.JobGroup;
import io.meanmax.job.runtime.Models;
import io.meanmax.job.runtime.StageOutput;
import io.meanmax.job.runtime.StageRecord;
import io.meanmax.job.runtime.Tables;
import io.meanmax.job.schema.Schemas;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

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
   * @throws JobException if the input is missing, too much of it is unusable, or the table exists
   *     and may not be replaced
   */
  public ScoreResult run() {
    requireTable();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    JavaSparkContext sc = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (JobGroup group = new JobGroup(spark, STAGE, input.describe());
        StageOutput stage = StageOutput.open(hadoop, folder(), input.path())) {
      group.now("scoring " + input.describe());
      String fingerprint = fingerprint();
      Rejections rejections =
          new Rejections(DocumentReader.read(spark, input, Labelling.OPTIONAL), input);
      Dataset<Row> scored = score(rejections.documents(), Models.reference(sc, bundle));
      if (output.table() == null) {
        stage.save(scored);
      } else {
        stage.save(scored, FOR_TABLE);
      }
      long rejected = rejections.write(stage.path());
      if (output.table() != null) {
        group.now("writing table " + output.table());
        intoTable(stage.path(FOR_TABLE));
        stage.delete(FOR_TABLE);
      }
      stage.publish(record(fingerprint, rejections.documentCount(), rejected));
      String target = output.table() == null ? stage.target() : output.table();
      return new ScoreResult(target, rejections.documentCount(), rejected);
    }
  }

  private Dataset<Row> score(Dataset<Row> documents, Models.Reference model) {
    return documents.select(
        col(Schemas.ID),
        new LikeliestLabels(model, config.top()).of(col(Schemas.TEXT)).as(Schemas.PREDICTIONS),
        lit(bundle.manifest().model()).as("model"),
        lit(bundle.manifest().version()).as("model_version"),
        lit(Timestamp.from(Instant.now())).as("scored_at"));
  }

  /**
   * With a table, the folder holds only what the last run rejected: it never keeps a run from it.
   */
  private OutputConfig folder() {
    boolean replace = output.overwrite() || output.table() != null;
    return new OutputConfig(output.path(), replace, output.table());
  }

  private void requireTable() {
    String table = output.table();
    if (table == null) {
      return;
    }
    if (!Tables.exists(spark, table)) {
      return;
    }
    if (input.path() == null && Tables.reads(spark, input, table)) {
      throw new JobException("Table " + table + " is read and cannot be written in the same run");
    }
    if (!output.overwrite()) {
      throw new JobException(
          "Table exists: " + table + ". Give another output.table, or --overwrite to replace it");
    }
  }

  /**
   * From files that are complete already, so that a failure while scoring leaves the table alone.
   */
  private void intoTable(String folder) {
    spark
        .read()
        .parquet(folder)
        .write()
        .mode(output.overwrite() ? SaveMode.Overwrite : SaveMode.ErrorIfExists)
        .format("parquet")
        .saveAsTable(output.table());
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
