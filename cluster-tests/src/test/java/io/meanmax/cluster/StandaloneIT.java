package io.meanmax.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master and two workers: every executor and the driver is a process of its own. */
@Tag("cluster")
class StandaloneIT {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String[] TWO_WORKERS = {
    "train.workers=2", "train.epochs=6", "train.rounds-per-epoch=4", "train.patience=0"
  };

  @TempDir static Path folder;
  private static Sample sample;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() {
    sample = Sample.write(folder, 3000);
    cluster = StandaloneCluster.start(folder.resolve("cluster"), 2);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void run_trainsOnBothExecutors() throws IOException {
    Path events = Files.createDirectory(folder.resolve("events"));
    Path models = folder.resolve("models");
    try (JavaProcess driver =
        cluster
            .submit("both", EventLog.settings(events), sample.run(models, "both", TWO_WORKERS))
            .start(cluster.logs())) {
      driver.ends(0, PATIENCE);
      assertThat(EventLog.read(events).executors("SparseSparkTrainer")).containsExactly("0", "1");
      requireGood(models, "both");
    }
  }

  @Test
  void run_givesTheSameModel_whenAnExecutorIsKilled() throws IOException {
    Path events = Files.createDirectory(folder.resolve("events-killed"));
    Path models = folder.resolve("models-killed");
    try (JavaProcess driver =
        cluster
            .submit("killed", EventLog.settings(events), sample.run(models, "killed", TWO_WORKERS))
            .start(cluster.logs())) {
      driver.awaitLog("epoch 2/6", PATIENCE);
      JavaProcess.kill(cluster.executors().get(0));
      driver.ends(0, PATIENCE);
      assertThat(driver.log()).contains("is done again from the last merged model");
      assertThat(EventLog.read(events).events("SparkListenerExecutorRemoved")).isNotEmpty();
      requireGood(models, "killed");
    }
  }

  private static void requireGood(Path models, String name) {
    Bundle model = new Published(models, name).current();
    model.verify();
    assertThat(model.metrics().at("/test/accuracy").asDouble()).isGreaterThan(Sample.CHANCE);
    Path stages = models.resolve(name).resolve("_work");
    long documents = Published.count(stages.resolve("tokenize"), "documents");
    long rejected = Published.count(stages.resolve("tokenize"), "rejected");
    assertThat(rejected).isEqualTo(5);
    assertThat(documents + rejected).isEqualTo(sample.rows());
    assertThat(Published.count(stages.resolve("encode"), "examples")).isEqualTo(documents);
  }
}
