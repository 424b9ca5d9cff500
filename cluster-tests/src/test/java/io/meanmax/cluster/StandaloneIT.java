package io.meanmax.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.bundle.Bundle;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.RowBalance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A master and two workers: every executor and the driver is a process of its own. */
@Tag("cluster")
class StandaloneIT {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Path FAKETIME =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");
  private static final Duration BEHIND = Duration.ofHours(36);
  private static final DateTimeFormatter LOG_DATE =
      DateTimeFormatter.ofPattern("yy/MM/dd", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final String[] TWO_WORKERS = {
    "train.workers=2",
    "train.epochs=6",
    "train.rounds-per-epoch=4",
    "train.opening-rounds=8",
    "train.patience=0"
  };

  @TempDir static Path folder;
  private static Sample sample;
  private static StandaloneCluster cluster;

  /** What an undisturbed run measures on the test documents. */
  private static double accuracy;

  @BeforeAll
  static void start() throws IOException {
    sample = Sample.write(folder, 3000);
    cluster = StandaloneCluster.start(folder.resolve("cluster"));
    cluster.worker(1).worker(1, skewedClock());
    Path events = Files.createDirectory(folder.resolve("events"));
    try (JavaProcess driver = run("undisturbed", EventLog.settings(events))) {
      driver.ends(0, PATIENCE);
    }
    accuracy = requireGood("undisturbed").metrics().at("/test/accuracy").asDouble();
  }

  /** One worker, and its executor, live a day and a half behind. */
  private static Map<String, String> skewedClock() {
    return Files.exists(FAKETIME)
        ? Map.of(
            "LD_PRELOAD",
            FAKETIME.toString(),
            "FAKETIME",
            "-" + BEHIND.toHours() + "h",
            "FAKETIME_DONT_FAKE_MONOTONIC",
            "1",
            // Without it a JVM that waits burns a core.
            "FAKETIME_FORCE_MONOTONIC_FIX",
            "0")
        : Map.of();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static JavaProcess run(String name, List<String> options) {
    return cluster
        .submit(name, options, sample.run(folder.resolve("models"), name, TWO_WORKERS))
        .start(cluster.logs());
  }

  private static Bundle requireGood(String name) {
    Path models = folder.resolve("models");
    Bundle model = new Published(models, name).current();
    model.verify();
    assertThat(model.metrics().at("/test/accuracy").asDouble()).isGreaterThan(Sample.CHANCE);
    assertThat(models.resolve(name).resolve("_checkpoint")).doesNotExist();
    sample.requireNothingLost(model, models.resolve(name).resolve("_work"));
    return model;
  }

  private static void requireAsUndisturbed(String name) {
    assertThat(requireGood(name).metrics().at("/test/accuracy").asDouble()).isEqualTo(accuracy);
  }

  @Test
  void run_trainsOnBothExecutors() {
    assertThat(EventLog.read(folder.resolve("events")).executors("SparseSparkTrainer"))
        .containsExactly("0", "1");
  }

  /** Without it they would be several times slower, and only a line in their logs would say so. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void executors_computeWithTheVectorApi(int worker) {
    assertThat(cluster.executorLogs(worker))
        .contains("Computing with the kernel of the Vector API")
        .doesNotContain("Computing with the scalar kernel");
  }

  @Test
  void run_givesTheSameModel_whenAnExecutorIsKilled() throws IOException {
    Path events = Files.createDirectory(folder.resolve("events-killed"));
    try (JavaProcess driver = run("killed", EventLog.settings(events))) {
      driver.awaitLog("epoch 2/6", PATIENCE);
      JavaProcess.kill(cluster.executors().get(0));
      driver.ends(0, PATIENCE);
      assertThat(driver.log()).contains("is done again from the last merged model");
    }
    assertThat(EventLog.read(events).events("SparkListenerExecutorRemoved")).isNotEmpty();
    requireAsUndisturbed("killed");
  }

  @Test
  void tokenize_losesNothing_whenAnExecutorIsKilledWhileItWrites() throws IOException {
    Path events = Files.createDirectory(folder.resolve("events-writing"));
    String input = Corpus.writeFiles(folder.resolve("many"), Corpus.lines(300_000, 7, 2), 8);
    Path tokens = folder.resolve("writing/tokens");
    try (JavaProcess driver =
        cluster
            .submit(
                "writing",
                EventLog.settings(events),
                "tokenize",
                "--input",
                input,
                "--output",
                tokens.toString())
            .start(cluster.logs())) {
      driver.until("begin to write", PATIENCE, () -> State.hasUnfinishedPart(tokens.getParent()));
      JavaProcess.kill(cluster.executors().get(0));
      driver.ends(0, PATIENCE);
    }
    assertThat(EventLog.read(events).events("SparkListenerTaskEnd"))
        .as("a task was lost, and done again")
        .anyMatch(
            task -> task.at("/Task End Reason/Reason").asText().equals("ExecutorLostFailure"));
    RowBalance.of(300_007, 7).requireTokenized(tokens.toString());
  }

  @Test
  void run_goesOnAfterTheLastEpoch_whenTheDriverWasKilled() {
    try (JavaProcess driver = run("driver", List.of())) {
      driver.awaitLog("epoch 3/6", PATIENCE);
      driver.kill();
    }
    Path model = folder.resolve("models/driver");
    assertThat(model.resolve("current")).doesNotExist();
    try (JavaProcess driver = run("driver-again", "driver")) {
      driver.ends(0, PATIENCE);
      assertThat(driver.log())
          .contains("tokenize: unchanged, skipped")
          .contains("encode: unchanged, skipped")
          .containsPattern("going on after epoch [23] of 6")
          .doesNotContain("epoch 1/6");
    }
    requireAsUndisturbed("driver");
  }

  private static JavaProcess run(String logName, String name) {
    return cluster
        .submit(logName, List.of(), sample.run(folder.resolve("models"), name, TWO_WORKERS))
        .start(cluster.logs());
  }

  /** All of the above trained with one worker whose clock is behind. */
  @Test
  void versions_areOfTheDriversTime_whateverTheWorkersClocksSay() {
    Assumptions.assumeTrue(Files.exists(FAKETIME), "libfaketime is not installed");
    Instant now = Instant.now();
    assertThat(cluster.executorLogs(1))
        .contains(LOG_DATE.format(now.minus(BEHIND)))
        .doesNotContain(LOG_DATE.format(now));
    assertThat(requireGood("undisturbed").manifest().createdAt())
        .isBetween(now.minus(Duration.ofHours(2)), now);
  }
}
