package io.meanmax.job.tokenize;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanmax.config.InputConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.TokenizerConfig;
import io.meanmax.job.documents.DocumentReader;
import io.meanmax.job.documents.Labelling;
import io.meanmax.job.documents.Rejections;
import io.meanmax.job.runtime.Fingerprint;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.JobGroup;
import io.meanmax.job.runtime.StageCounts;
import io.meanmax.job.runtime.StageOutput;
import io.meanmax.job.runtime.StageRecord;
import io.meanmax.job.schema.Schemas;
import io.meanmax.text.StopWords;
import io.meanmax.text.TextPipeline;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads labelled documents of any format and writes their tokens. */
public final class TokenizeJob {
  /** The stage's name. */
  public static final String STAGE = "tokenize";

  private final SparkSession spark;
  private final InputConfig input;
  private final TokenizerConfig tokenizer;
  private final OutputConfig output;

  /** A job over these documents. */
  public TokenizeJob(
      SparkSession spark, InputConfig input, TokenizerConfig tokenizer, OutputConfig output) {
    this.spark = spark;
    this.input = input;
    this.tokenizer = tokenizer;
    this.output = output;
  }

  /** The state of inputs and settings. */
  public String fingerprint() {
    return fingerprint(Fingerprint.of(spark, input), pipeline());
  }

  private String fingerprint(String inputFingerprint, TextPipeline pipeline) {
    return Fingerprint.of(STAGE, inputFingerprint, input.toString(), pipeline.toString());
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private TextPipeline pipeline() {
    return tokenizer.pipeline(stopWords());
  }

  private List<String> stopWords() {
    if (tokenizer.stopWords() == null) {
      return List.of();
    }
    Path path = new Path(tokenizer.stopWords());
    try (Reader reader =
        new InputStreamReader(path.getFileSystem(hadoop()).open(path), StandardCharsets.UTF_8)) {
      return StopWords.read(reader);
    } catch (IOException e) {
      throw new JobException("Cannot read tokenizer.stop-words " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Runs the job.
   *
   * @throws JobException if the input is missing, or too many of its rows cannot be used
   */
  public TokenizeResult run() {
    try (JobGroup group = new JobGroup(spark, STAGE, input.describe());
        StageOutput stage = StageOutput.open(hadoop(), output, input.path())) {
      group.now("tokenizing " + input.describe());
      // Taken before the input is read: what comes later must not pass for what was read.
      String inputFingerprint = Fingerprint.of(spark, input);
      TextPipeline pipeline = pipeline();
      Rejections rejections =
          new Rejections(DocumentReader.read(spark, input, Labelling.REQUIRED), input);
      StageCounts counts = new StageCounts();
      Dataset<Row> tokens =
          rejections
              .documents()
              .select(
                  col(Schemas.ID),
                  new TextTokens(pipeline).of(col(Schemas.TEXT)).as(Schemas.TOKENS),
                  col(Schemas.LABEL),
                  col(Schemas.WEIGHT));
      stage.save(
          counts.watch(
              tokens,
              sum(size(col(Schemas.TOKENS))).as("tokens"),
              count(when(size(col(Schemas.TOKENS)).equalTo(0), 1)).as("empty")));
      long rejected = rejections.write(stage.path());
      TokenizeResult result =
          new TokenizeResult(
              stage.target(),
              rejections.documentCount(),
              counts.count("tokens"),
              counts.count("empty"),
              rejected);
      stage.publish(record(inputFingerprint, pipeline, result));
      return result;
    }
  }

  private StageRecord record(
      String inputFingerprint, TextPipeline pipeline, TokenizeResult result) {
    JsonNode text = new ObjectMapper().valueToTree(pipeline);
    return new StageRecord(
        STAGE,
        fingerprint(inputFingerprint, pipeline),
        Map.of(input.describe(), inputFingerprint),
        Map.of(
            "documents", result.documents(),
            "tokens", result.tokens(),
            "empty_documents", result.emptyDocuments(),
            "rejected", result.rejected()),
        text,
        null,
        0);
  }
}
