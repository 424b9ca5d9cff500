package io.meanmax.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.ModelRegistry;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.RowBalance;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application jar, submitted to YARN in cluster deploy mode, its paths on HDFS. */
@Tag("cluster")
class YarnIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final String TRAIN = "hdfs:///data/train.txt";
  private static final int DOCUMENTS = 600;
  private static final int TEST_DOCUMENTS = 200;
  private static final int REJECTED = 3;

  @TempDir private static Path folder;
  private static MiniHdfs hdfs;
  private static MiniYarn yarn;
  private static Path conf;

  @BeforeAll
  static void start() {
    hdfs = MiniHdfs.start(folder.resolve("hdfs"));
    yarn = MiniYarn.start(hdfs);
    conf = yarn.writeConf(folder.resolve("conf"));
    hdfs.write("/data/train.txt", Corpus.lines(DOCUMENTS, REJECTED, 1));
    hdfs.write("/data/test.txt", Corpus.lines(TEST_DOCUMENTS, REJECTED, 2));
  }

  @AfterAll
  static void stop() {
    yarn.close();
    hdfs.close();
  }

  /** An application that has ended: spark-submit's exit status, and what YARN says of it. */
  private record Ended(int status, ApplicationReport report, String log) {}

  private static Ended submit(String name, String... command) {
    String modules = "--add-modules jdk.incubator.vector";
    try (JavaProcess submit =
        JavaProcess.of(name, "org.apache.spark.deploy.SparkSubmit")
            .classPath(conf, Built.sparkJars() + "/*", ClassPath.sparkYarn())
            .environment("HADOOP_CONF_DIR", conf.toString())
            .arguments("--master", "yarn", "--deploy-mode", "cluster")
            .arguments("--class", "io.meanmax.job.cli.Main")
            .arguments("--driver-memory", "768m", "--executor-memory", "512m")
            .arguments("--num-executors", "2", "--executor-cores", "1")
            .arguments("--conf", "spark.driver.extraJavaOptions=" + modules)
            .arguments("--conf", "spark.executor.extraJavaOptions=" + modules)
            .arguments("--conf", "spark.yarn.maxAppAttempts=1")
            // Behind YARN's proxy it needs a jar of Hadoop that only Spark's distribution has.
            .arguments("--conf", "spark.ui.enabled=false")
            .arguments("--conf", "spark.sql.shuffle.partitions=2")
            .arguments(
                "--conf",
                "spark.yarn.jars=local:%s/*,local:%s"
                    .formatted(Built.sparkJars(), ClassPath.sparkYarn()))
            .arguments(Built.applicationJar().toString())
            .arguments(command)
            .start(folder)) {
      int status = submit.await(TIMEOUT);
      String application = submit.awaitLog("application_\\d+_\\d+", Duration.ofSeconds(1)).group();
      return new Ended(status, yarn.report(application), submit.log());
    }
  }

  private static String[] run(String input, String models, String... more) {
    String[] start = {
      "run",
      "--input=" + input,
      "--test=hdfs:///data/test.txt",
      "--models=hdfs://" + models,
      "--name=reviews",
      "--set=input.max-rejected-fraction=0.1",
      "--set=network.dimension=16",
      "--set=train.epochs=3",
      "--set=train.workers=2"
    };
    String[] all = java.util.Arrays.copyOf(start, start.length + more.length);
    System.arraycopy(more, 0, all, start.length, more.length);
    return all;
  }

  @Test
  void run_succeeds() {
    Ended ended = submit("run", run(TRAIN, "/models"));
    assertThat(ended.status()).as(ended.log()).isZero();
    assertThat(ended.report().getFinalApplicationStatus())
        .isEqualTo(FinalApplicationStatus.SUCCEEDED);
    Bundle model =
        Bundle.open(
            hdfs.conf(),
            new org.apache.hadoop.fs.Path("hdfs:///models"),
            "reviews",
            ModelRegistry.CURRENT);
    model.verify();
    assertThat(model.metrics().at("/test/accuracy").asDouble()).isGreaterThan(0.9);
    String work = "/models/reviews/_work";
    new RowBalance(hdfs.conf(), DOCUMENTS + REJECTED, REJECTED)
        .requirePrepared(work)
        .requireTrained(model);
    new RowBalance(hdfs.conf(), TEST_DOCUMENTS + REJECTED, REJECTED)
        .requireEvaluated(work)
        .requireScored(work);
  }

  @Test
  void missingInput_failsTheApplicationWithOurMessage() {
    Ended ended = submit("missing", run("hdfs:///data/none.txt", "/none"));
    requireFailed(ended, "Input path does not exist: hdfs:/");
    assertThat(hdfs.exists("/none")).isFalse();
  }

  @Test
  void wrongConfiguration_failsTheApplicationWithOurMessage() {
    Ended ended = submit("wrong", run(TRAIN, "/wrong", "--set=train.epoch=3"));
    requireFailed(ended, "Unknown key 'train.epoch'");
    assertThat(hdfs.exists("/wrong")).isFalse();
  }

  private static void requireFailed(Ended ended, String message) {
    assertThat(ended.report().getFinalApplicationStatus())
        .as(ended.log())
        .isEqualTo(FinalApplicationStatus.FAILED);
    assertThat(ended.report().getDiagnostics()).contains("meanmax: " + message);
    assertThat(ended.log()).contains("meanmax: " + message);
    assertThat(ended.status()).isEqualTo(1);
  }
}
