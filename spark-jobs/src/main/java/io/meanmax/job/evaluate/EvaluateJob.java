package io.meanmax.job.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.VocabularyFiles;
import io.meanmax.config.InputConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.job.documents.DocumentReader;
import io.meanmax.job.documents.Labelling;
import io.meanmax.job.documents.Rejections;
import io.meanmax.job.runtime.Fingerprint;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.JobGroup;
import io.meanmax.job.runtime.Models;
import io.meanmax.job.runtime.StageOutput;
import io.meanmax.job.runtime.StageRecord;
import io.meanmax.metric.ClassificationAccumulator;
import io.meanmax.metric.ClassificationMetrics;
import io.meanmax.vocabulary.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * Measures a model on labelled documents, writes the result into the model's {@code metrics.json}
 * under {@code test}, and beside its output.
 */
public final class EvaluateJob {
  /** The stage's name. */
  public static final String STAGE = "evaluate";

  private static final String METRICS = "metrics.json";

  private final SparkSession spark;
  private final Bundle bundle;
  private final InputConfig input;
  private final OutputConfig output;

  /** A job that measures {@code bundle} on the documents of {@code input}. */
  public EvaluateJob(SparkSession spark, Bundle bundle, InputConfig input, OutputConfig output) {
    this.spark = spark;
    this.bundle = bundle;
    this.input = input;
    this.output = output;
  }

  /** The state of inputs and settings. */
  public String fingerprint() {
    return Fingerprint.of(
        STAGE, bundle.path().toString(), Fingerprint.of(spark, input), input.toString());
  }

  /**
   * Runs the job.
   *
   * @throws io.meanmax.job.runtime.JobException if the input is missing or too much of it unusable
   */
  public EvaluateResult run() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    JavaSparkContext sc = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (JobGroup group = new JobGroup(spark, STAGE, input.describe());
        StageOutput stage = StageOutput.open(hadoop, output, input.path())) {
      group.now("evaluating " + bundle.path());
      String fingerprint = fingerprint();
      Rejections rejections =
          new Rejections(DocumentReader.read(spark, input, Labelling.REQUIRED), input);
      // Collected, one a partition, because only a query of the Dataset itself counts rejected
      // rows.
      List<ClassificationAccumulator> parts =
          rejections
              .documents()
              .mapPartitions(
                  new MeasureDocuments(Models.reference(sc, bundle)),
                  Encoders.javaSerialization(ClassificationAccumulator.class))
              .collectAsList();
      long rejected = rejections.write(stage.path());
      ClassificationMetrics metrics =
          parts.stream()
              .reduce(ClassificationAccumulator::merge)
              .orElseThrow()
              .result(labels().names());
      writeMetrics(stage, metrics);
      stage.publish(record(fingerprint, metrics, rejected));
      return new EvaluateResult(bundle.path().toString(), metrics, rejected);
    }
  }

  /**
   * The metrics that a finished evaluation left in its output; those in the model may be of other
   * documents by now.
   */
  public static ClassificationMetrics metrics(Configuration hadoop, String output) {
    Path path = new Path(output, METRICS);
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return ClassificationMetrics.fromJson(new ObjectMapper().readTree(in).path("test"));
    } catch (IOException e) {
      throw new JobException("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  private Labels labels() {
    try {
      return VocabularyFiles.labels(bundle.read(Bundle.LABELS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeMetrics(StageOutput stage, ClassificationMetrics metrics) {
    ObjectNode all = bundle.metrics().deepCopy();
    all.set("test", metrics.toJson());
    try (OutputStream out = stage.create(METRICS)) {
      out.write(all.toPrettyString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bundle.replaceMetrics(all);
  }

  private StageRecord record(String fingerprint, ClassificationMetrics metrics, long rejected) {
    return new StageRecord(
        STAGE,
        fingerprint,
        Map.of(input.describe(), Fingerprint.of(spark, input)),
        Map.of(
            "documents", metrics.examples(),
            "unseen_labels", metrics.unseenExamples(),
            "rejected", rejected),
        null,
        bundle.manifest().vocabularyHash(),
        bundle.manifest().training().maxTokens());
  }
}
