package io.meanmax.job.generate;

import io.meanmax.config.GenerateConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.job.runtime.Fingerprint;
import io.meanmax.job.runtime.JobGroup;
import io.meanmax.job.runtime.StageOutput;
import io.meanmax.job.runtime.StageRecord;
import io.meanmax.job.schema.Schemas;
import java.util.Iterator;
import java.util.Map;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Generates the synthetic age-from-text corpus, streaming and distributed: a document depends on
 * seed and number alone, so the corpus is the same however many files and workers make it.
 */
public final class GenerateJob {
  /** The stage's name. */
  public static final String STAGE = "generate";

  private final SparkSession spark;
  private final GenerateConfig config;
  private final OutputConfig output;

  /** A job that writes a corpus. */
  public GenerateJob(SparkSession spark, GenerateConfig config, OutputConfig output) {
    this.spark = spark;
    this.config = config;
    this.output = output;
  }

  /** Runs the job. */
  public GenerateResult run() {
    try (JobGroup group = new JobGroup(spark, STAGE, config.documents() + " documents");
        StageOutput stage = StageOutput.open(spark.sparkContext().hadoopConfiguration(), output)) {
      group.now("generating " + config.documents() + " documents");
      long first = config.firstDocument();
      Dataset<Long> numbers = spark.range(first, first + config.documents(), 1, config.files());
      switch (config.format()) {
        case FASTTEXT ->
            numbers
                .mapPartitions(new Lines(config), Encoders.STRING())
                .write()
                .mode(SaveMode.Append)
                .text(stage.path());
        case PARQUET ->
            stage.save(numbers.mapPartitions(new Rows(config), Encoders.row(Schemas.DOCUMENTS)));
      }
      stage.publish(
          new StageRecord(
              STAGE,
              Fingerprint.of(STAGE, config.toString()),
              Map.of(),
              Map.of("documents", config.documents()),
              null,
              null,
              0));
      return new GenerateResult(stage.target(), config.documents());
    }
  }

  /** Documents as fastText lines. */
  private static final class Lines implements MapPartitionsFunction<Long, String> {
    private static final long serialVersionUID = 1L;
    private final GenerateConfig config;

    Lines(GenerateConfig config) {
      this.config = config;
    }

    @Override
    public Iterator<String> call(Iterator<Long> numbers) {
      DocumentWriter writer = new DocumentWriter(config);
      return StreamSupport.stream(Spliterators.spliteratorUnknownSize(numbers, 0), false)
          .map(writer::write)
          .map(document -> "__label__" + document.age() + " " + document.text())
          .iterator();
    }
  }

  /** Documents as rows. */
  private static final class Rows implements MapPartitionsFunction<Long, Row> {
    private static final long serialVersionUID = 1L;
    private final GenerateConfig config;

    Rows(GenerateConfig config) {
      this.config = config;
    }

    @Override
    public Iterator<Row> call(Iterator<Long> numbers) {
      DocumentWriter writer = new DocumentWriter(config);
      return StreamSupport.stream(Spliterators.spliteratorUnknownSize(numbers, 0), false)
          .map(
              number -> {
                DocumentWriter.Document document = writer.write(number);
                return RowFactory.create(
                    "user-" + number, document.text(), Integer.toString(document.age()), 1.0);
              })
          .iterator();
    }
  }
}
