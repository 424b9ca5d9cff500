package io.meanmax.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.VersionSummary;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.RowBalance;
import io.meanmax.job.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What dies, fills up or breaks leaves what was there before as it was. */
@Tag("cluster")
@ExtendWith(SparkExtension.class)
class FaultsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Rows of the previous result, and those of them that were rejected. */
  private static final RowBalance PREVIOUS = RowBalance.of(53, 3);

  @TempDir private Path folder;
  private SparkHome home;

  @BeforeEach
  void layOut() {
    home = SparkHome.in(folder.resolve("spark-home"));
  }

  private JavaProcess start(String name, String... command) {
    return home.local(name, command).start(folder.resolve("logs"));
  }

  private JavaProcess tokenize(String name, String input, Path output) {
    return start(name, "tokenize", "--input", input, "--output", output.toString(), "--overwrite");
  }

  /** A result of {@code tokenize} in {@code <folder>/tokenize}. */
  private Path tokenized(SparkSession spark, Path folder) {
    String input = Corpus.write(this.folder.resolve("first.txt"), Corpus.lines(50, 3, 1));
    Road.of(spark, folder, input, "input.max-rejected-fraction=0.1").tokenize();
    return folder.resolve("tokenize");
  }

  @Test
  void stageKilledWhileItWrites_leavesThePreviousResult_andRunsAgain(SparkSession spark) {
    Path work = folder.resolve("work");
    Path tokens = tokenized(spark, work);
    State before = State.of(tokens);
    List<String> lines = Corpus.lines(300_000, 7, 2);
    String input = Corpus.writeFiles(folder.resolve("many"), lines, 4);
    try (JavaProcess killed = tokenize("killed", input, tokens)) {
      killed.until("begin to write", PATIENCE, () -> State.hasUnfinishedPart(work));
      killed.kill();
    }
    before.require(tokens);
    PREVIOUS.requireTokenized(tokens.toString());
    try (JavaProcess again = tokenize("again", input, tokens)) {
      again.ends(0, PATIENCE);
    }
    RowBalance.of(lines.size(), 7).requireTokenized(tokens.toString());
  }

  @Test
  void twoRunsThatPublishAtOnce_leaveTwoWholeVersions(SparkSession spark) {
    String input = Corpus.write(folder.resolve("train.txt"), Corpus.lines(500, 5, 1));
    Road road = Road.of(spark, folder.resolve("work"), input).prepare();
    Path models = folder.resolve("models");
    List<String> train = new ArrayList<>(List.of("train", "--encoded", road.path("encode")));
    train.addAll(List.of("--vocabulary", road.path("vocabulary"), "--models", models.toString()));
    train.addAll(List.of("--name", "both", "--set", "network.dimension=8"));
    String[] command = train.toArray(String[]::new);
    try (JavaProcess one = start("one", command);
        JavaProcess other = start("other", command)) {
      one.ends(0, PATIENCE);
      other.ends(0, PATIENCE);
    }
    Published published = new Published(models, "both");
    List<String> versions = published.versions().stream().map(VersionSummary::version).toList();
    assertThat(versions).hasSize(2).doesNotHaveDuplicates();
    for (String version : versions) {
      Bundle bundle = Bundle.open(new Configuration(), path(models), "both", version);
      bundle.verify();
      RowBalance.of(505, 5).requireTrained(bundle);
    }
    assertThat(versions).contains(published.current().manifest().version());
    assertThat(Built.files(models.resolve("both"), ""))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder(versions.get(0), versions.get(1), "current");
  }

  private static org.apache.hadoop.fs.Path path(Path local) {
    return new org.apache.hadoop.fs.Path(local.toUri());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut off", "overwritten", "no Parquet at all"})
  void corruptFileAmongTheInputs_isNamed_andThePreviousResultStays(
      String damage, SparkSession spark) throws IOException {
    Path tokens = tokenized(spark, folder.resolve("work"));
    State before = State.of(folder.resolve("work"));
    Path documents = folder.resolve("documents.parquet");
    spark
        .read()
        .text(Corpus.write(folder.resolve("texts.txt"), Corpus.lines(9000, 3)))
        .withColumn("id", functions.monotonically_increasing_id())
        .selectExpr("if(id < 4, ' ', value) AS text", "'a' AS label", "id")
        .repartition(3)
        .write()
        .parquet(documents.toString());
    Path victim = Built.files(documents, ".parquet").get(1);
    byte[] whole = Files.readAllBytes(victim);
    damage(victim, damage);
    try (JavaProcess process = tokenize("corrupt", documents.toString(), tokens)) {
      process.ends(1, PATIENCE);
      assertThat(process.log().lines().filter(line -> line.startsWith("meanmax: ")))
          .singleElement()
          .asString()
          .contains(victim.getFileName().toString());
    }
    before.require(folder.resolve("work"));
    PREVIOUS.requireTokenized(tokens.toString());
    Files.write(victim, whole);
    Road.of(spark, folder.resolve("work"), documents.toString()).tokenize();
    RowBalance.of(9000, 4).requireTokenized(tokens.toString());
  }

  /** What a broken copy or disk does; the checksum file beside it goes, as no copy has one. */
  private static void damage(Path file, String how) throws IOException {
    Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
    byte[] bytes = Files.readAllBytes(file);
    switch (how) {
      case "cut off" -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      case "overwritten" -> {
        Arrays.fill(bytes, 100, bytes.length / 2, (byte) 0xa5);
        Files.write(file, bytes);
      }
      default -> Files.writeString(file, "<html>502 Bad Gateway</html>".repeat(20));
    }
  }
}
