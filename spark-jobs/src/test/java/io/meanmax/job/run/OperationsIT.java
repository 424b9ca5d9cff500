package io.meanmax.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.bundle.ModelRegistry;
import io.meanmax.config.Settings;
import io.meanmax.job.runtime.JobGroup;
import io.meanmax.job.runtime.Sessions;
import io.meanmax.job.runtime.StageMetrics;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** A run as operations see it: Spark's UI over HTTP, with the settings of conf/spark. */
class OperationsIT {
  private static final Path ROOT = Path.of("..");
  private static final Jobs JOBS = new Jobs();

  @TempDir private static Path folder;
  private static SparkSession spark;

  /** Remembers how each Spark job was described. */
  private static final class Jobs extends SparkListener {
    private final ConcurrentLinkedQueue<String> descriptions = new ConcurrentLinkedQueue<>();

    @Override
    public void onJobStart(SparkListenerJobStart job) {
      descriptions.add(job.properties().getProperty("spark.job.description", "(none)"));
    }
  }

  @BeforeAll
  static void run() {
    SparkExtension.session().stop();
    List<String> lines = new ArrayList<>(Corpus.lines(200, 1));
    lines.add("no label");
    lines.add("__label__ empty label");
    String input = Corpus.write(folder.resolve("train.txt"), lines);
    Settings settings =
        Road.settings(
            folder,
            input,
            "input.test=\"" + input + "\"",
            "input.max-rejected-fraction=0.1",
            "train.workers=2",
            "spark.ui.enabled=true",
            "spark.ui.port=0",
            "spark.metrics.namespace=meanmax",
            "spark.metrics.conf=\"" + ROOT.resolve("conf/spark/metrics.properties") + "\"",
            "spark.sql.shuffle.partitions=2",
            "spark.hadoop.fs.azure.account.key.box=h1dden1",
            "spark.hadoop.my.credential=h1dden2",
            "spark.my.url=\"jdbc:x://host/db?password=h1dden3\"");
    spark = Sessions.open("operations", settings, "local[2]");
    spark.sparkContext().addSparkListener(JOBS);
    new RunJob(spark, RunConfig.from(settings)).run();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static String get(String path) throws IOException {
    try (InputStream in =
        URI.create(spark.sparkContext().uiWebUrl().get() + path).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static double figure(String name) throws IOException {
    return get("/metrics/prometheus/")
        .lines()
        .filter(line -> line.startsWith("metrics_meanmax_driver_meanmax_" + name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no figure " + name));
  }

  private static long trainingExamples() {
    Map<String, Long> rows =
        new ModelRegistry(
                spark.sparkContext().hadoopConfiguration(),
                new org.apache.hadoop.fs.Path(folder.resolve("models").toUri()))
            .open("tiny", ModelRegistry.CURRENT)
            .manifest()
            .training()
            .rows();
    assertThat(rows.get("training_examples") + rows.get("validation_examples")).isEqualTo(200);
    return rows.get("training_examples");
  }

  @Test
  void figures_areScraped() throws IOException {
    for (String stage : List.of("tokenize", "evaluate", "score", "embeddings")) {
      assertThat(figure(stage + "_rows_read_Count")).as(stage).isEqualTo(202);
      assertThat(figure(stage + "_rows_rejected_Count"))
          .as(stage)
          .isEqualTo(stage.equals("tokenize") || stage.equals("evaluate") ? 2 : 1);
    }
    assertThat(figure("tokenize_counts_documents_Value")).isEqualTo(200);
    assertThat(figure("encode_counts_examples_Value")).isEqualTo(200);
    assertThat(figure("train_epoch_Value")).isEqualTo(3);
    assertThat(figure("train_rounds_Count")).isEqualTo(3 * 16);
    assertThat(figure("train_loss_Value")).isBetween(0.0, 3.0);
    assertThat(figure("train_validation_accuracy_Value")).isBetween(0.2, 1.0);
    assertThat(figure("train_examples_Count")).isEqualTo(3.0 * trainingExamples());
    assertThat(figure("train_words_Count")).isGreaterThan(3 * 500).isLessThan(3 * 2000);
    assertThat(figure("train_words_per_second_Value")).isPositive();
    assertThat(figure("train_averaging_seconds_Value")).isPositive();
    // Of each of two workers at least PAD's and one more row of two tables, and the layer.
    assertThat(figure("train_averaging_bytes_received_Value")).isGreaterThan(2 * 2 * 8 * 4);
    assertThat(figure("train_averaging_bytes_sent_Value"))
        .isPositive()
        .isLessThanOrEqualTo(figure("train_averaging_bytes_received_Value"));
    for (String stage : List.of("tokenize", "vocabulary", "encode", "train", "score")) {
      assertThat(figure(stage + "_seconds_Value")).as(stage).isPositive();
      assertThat(figure(stage + "_running_Value")).as(stage).isZero();
    }
  }

  @Test
  void everyFigure_isDocumented() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/how-to/monitoring.md"));
    Stream.concat(Stream.of(StageMetrics.Counter.values()), Stream.of(StageMetrics.Gauge.values()))
        .map(figure -> figure.name().toLowerCase(Locale.ROOT))
        .forEach(name -> assertThat(guide).contains("`" + name + "`"));
  }

  @Test
  void everySparkJob_saysWhatItIsFor() {
    assertThat(JOBS.descriptions)
        .isNotEmpty()
        .filteredOn(said -> !said.equals("some: another thing"))
        .allMatch(
            said ->
                said.matches(
                    "(?s)(tokenize|vocabulary|encode|train|evaluate|score|embeddings|examples): .+"));
    assertThat(JOBS.descriptions)
        .contains(
            "tokenize: tokenizing " + folder.resolve("train.txt"),
            "vocabulary: counting tokens",
            "train: loading examples",
            "train: epoch 2 of 3",
            "train: validating epoch 3 of 3",
            "embeddings: writing word vectors");
  }

  @Test
  void secrets_areNotInTheUi() throws IOException {
    String id = spark.sparkContext().applicationId();
    for (String page : List.of("/environment/", "/api/v1/applications/" + id + "/environment")) {
      assertThat(get(page))
          .contains("spark.hadoop.fs.azure.account.key.box")
          .doesNotContain("h1dden1", "h1dden2", "h1dden3");
    }
  }

  @Test
  void logLines_knowRunAndStage_onDriverAndInTasks() {
    String run = spark.sparkContext().applicationId();
    assertThat(MDC.get("mdc.run")).isEqualTo(run);
    try (JobGroup group = new JobGroup(spark, "some", "thing")) {
      group.now("another thing");
      assertThat(MDC.get("mdc.stage")).isEqualTo("some");
      assertThat(
              JavaSparkContext.fromSparkContext(spark.sparkContext())
                  .parallelize(List.of(1, 2), 2)
                  .map(number -> MDC.get("mdc.run") + " " + MDC.get("mdc.stage"))
                  .collect())
          .containsExactly(run + " some", run + " some");
    }
    assertThat(MDC.get("mdc.stage")).isNull();
    assertThat(MDC.get("mdc.run")).isEqualTo(run);
  }
}
