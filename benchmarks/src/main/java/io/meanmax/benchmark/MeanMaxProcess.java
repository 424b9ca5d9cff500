package io.meanmax.benchmark;

import io.meanmax.bundle.Bundle;
import io.meanmax.config.InputConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.encode.EncodeJob;
import io.meanmax.job.evaluate.EvaluateJob;
import io.meanmax.job.run.RunConfig;
import io.meanmax.job.runtime.Sessions;
import io.meanmax.job.score.ScoreJob;
import io.meanmax.job.tokenize.TokenizeJob;
import io.meanmax.job.train.TrainJob;
import io.meanmax.job.train.TrainResult;
import io.meanmax.job.vocabulary.VocabularyJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The child process of {@link MeanMaxContestant}: the stages from raw text to saved model in one
 * session; then, no longer on the clock, the accuracy and the speed of scoring.
 */
@Command(name = "meanmax-process")
final class MeanMaxProcess implements Runnable {
  private static final String SAMPLE = "sample";
  private static final long SCORED_DOCUMENTS = 1_000_000;

  @Option(names = "--set")
  private List<String> overrides = new ArrayList<>();

  @Option(names = "--master", required = true)
  private String master;

  @Option(names = "--sample", description = "Train on these documents, not on all of the input.")
  private String sample;

  @Option(names = "--score", description = "Documents to score.")
  private String scored;

  private final Map<String, Double> figures = new LinkedHashMap<>();
  private double stageBegan;

  private MeanMaxProcess() {}

  /** Runs and exits with 0, or 1 on failure. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new MeanMaxProcess()).execute(args));
  }

  @Override
  public void run() {
    Settings settings = Settings.read(null, overrides);
    RunConfig config = RunConfig.from(settings);
    try (SparkSession spark = Sessions.open("benchmark", settings, master)) {
      stageEnded(Figure.START_SECONDS);
      TrainResult trained = train(spark, config);
      figures.put(Figure.WALL_SECONDS.key(), stageBegan);
      figures.put(Figure.PEAK_MIB.key(), Job.peakMib("self"));
      Bundle model =
          Bundle.open(spark.sparkContext().hadoopConfiguration(), new Path(trained.path()));
      config.test().ifPresent(test -> measure(spark, config, model, test));
      if (scored != null) {
        score(spark, config, model);
      }
    }
    ChildJvm.answer(figures);
  }

  private static OutputConfig output(RunConfig config, String stage) {
    return new OutputConfig(config.work() + "/" + stage, true, null);
  }

  private void stageEnded(Figure figure) {
    double now = ChildJvm.secondsSinceStart();
    figures.merge(figure.key(), now - stageBegan, Double::sum);
    stageBegan = now;
  }

  private TrainResult train(SparkSession spark, RunConfig config) {
    OutputConfig tokens = output(config, TokenizeJob.STAGE);
    new TokenizeJob(spark, config.input(), config.tokenizer(), tokens).run();
    OutputConfig examples = sample == null ? tokens : tokenizeSample(spark, config);
    stageEnded(Figure.TOKENIZE_SECONDS);
    OutputConfig vocabulary = output(config, VocabularyJob.STAGE);
    new VocabularyJob(spark, tokens.path(), config.vocabulary(), vocabulary).run();
    stageEnded(Figure.VOCABULARY_SECONDS);
    OutputConfig encoded = output(config, EncodeJob.STAGE);
    new EncodeJob(spark, examples.path(), vocabulary.path(), config.encode(), encoded).run();
    stageEnded(Figure.ENCODE_SECONDS);
    TrainResult trained =
        new TrainJob(
                spark,
                encoded.path(),
                vocabulary.path(),
                config.network(),
                config.train(),
                config.checkpoints(),
                config.model(),
                config.settings())
            .run();
    stageEnded(Figure.TRAIN_SECONDS);
    return trained;
  }

  /** A part of the documents under the vocabulary of all: the table keeps its size. */
  private OutputConfig tokenizeSample(SparkSession spark, RunConfig config) {
    OutputConfig output = output(config, SAMPLE);
    InputConfig input = InputConfig.from(config.settings().with("input.path", sample));
    new TokenizeJob(spark, input, config.tokenizer(), output).run();
    return output;
  }

  private void measure(SparkSession spark, RunConfig config, Bundle model, InputConfig test) {
    double accuracy =
        new EvaluateJob(spark, model, test, output(config, EvaluateJob.STAGE))
            .run()
            .metrics()
            .accuracy();
    figures.put(Figure.ACCURACY.key(), accuracy);
  }

  /** The first job pays for class loading and compilation. */
  private void score(SparkSession spark, RunConfig config, Bundle model) {
    Dataset<Row> documents = spark.read().text(scored);
    scoreCopies(spark, config, model, documents, 1);
    long copies = 1 + SCORED_DOCUMENTS / documents.count();
    figures.put(
        Figure.DOCUMENTS_PER_SECOND.key(), scoreCopies(spark, config, model, documents, copies));
  }

  /** A table of them, that many times each; documents a second. */
  private static double scoreCopies(
      SparkSession spark, RunConfig config, Bundle model, Dataset<Row> documents, long copies) {
    String table = config.work() + "/documents.parquet";
    documents
        .withColumn("copy", functions.expr("explode(sequence(1, " + copies + "))"))
        .select(
            functions.monotonically_increasing_id().cast("string").as("id"),
            functions.expr("substring(value, instr(value, ' ') + 1)").as("text"))
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(table);
    InputConfig input =
        InputConfig.from(
            config.settings().with("input.path", table).with("input.format", "parquet"));
    ScoreJob job =
        new ScoreJob(spark, model, input, config.score(), output(config, ScoreJob.STAGE));
    long started = System.nanoTime();
    long rows = job.run().rows();
    return rows / ((System.nanoTime() - started) / 1e9);
  }
}
