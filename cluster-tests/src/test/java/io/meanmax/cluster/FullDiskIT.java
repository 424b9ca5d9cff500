package io.meanmax.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.RowBalance;
import io.meanmax.job.testing.SparkExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the output is full; Spark's own temporary files lie elsewhere. */
@Tag("cluster")
@ExtendWith(SparkExtension.class)
class FullDiskIT {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @TempDir private Path folder;
  private SmallDisk disk;
  private SparkHome home;

  @BeforeEach
  void mount() {
    disk = SmallDisk.mount(folder.resolve("disk"), 4096);
    home = SparkHome.in(folder.resolve("spark-home"));
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  private void requireRefused(String... command) {
    try (JavaProcess process = home.local(command[0], command).start(folder.resolve("logs"))) {
      process.ends(1, PATIENCE);
      assertThat(process.log().lines().filter(line -> line.startsWith("meanmax: ")))
          .singleElement()
          .asString()
          .contains("No space left on device")
          .contains(disk.root().toString());
    }
  }

  @Test
  void tokenize_leavesThePreviousResult(SparkSession spark) {
    String first = Corpus.write(folder.resolve("first.txt"), Corpus.lines(50, 3, 1));
    Road.of(spark, disk.root(), first, "input.max-rejected-fraction=0.1").tokenize();
    State before = State.of(disk.root());
    disk.leave(100_000);
    String many = Corpus.writeFiles(folder.resolve("many"), Corpus.lines(100_000, 2), 2);
    String output = disk.root().resolve("tokenize").toString();
    requireRefused("tokenize", "--input", many, "--output", output, "--overwrite");
    before.require(disk.root(), "filler");
    RowBalance.of(53, 3).requireTokenized(output);
  }

  @Test
  void train_leavesTheLiveVersion(SparkSession spark) {
    String input = Corpus.write(folder.resolve("train.txt"), Corpus.lines(300, 3, 1));
    Road road =
        Road.of(spark, folder.resolve("work"), input, "models.path=\"" + disk.root() + "\"")
            .prepare();
    road.train();
    State before = State.of(disk.root());
    Published published = new Published(disk.root(), "tiny");
    String live = published.current().manifest().version();
    disk.leave(2000);
    List<String> stages = List.of(road.path("encode"), road.path("vocabulary"));
    requireRefused(
        "train",
        "--encoded",
        stages.get(0),
        "--vocabulary",
        stages.get(1),
        "--models",
        disk.root().toString(),
        "--name",
        "tiny");
    before.require(disk.root(), "filler");
    RowBalance.of(303, 3)
        .requireTrained(published.current())
        .requirePrepared(road.folder().toString());
    published.current().verify();
    assertThat(published.current().manifest().version()).isEqualTo(live);
  }
}
