package io.meanmax.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.bundle.Bundle;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class TrainJobIT {
  private static final double CHANCE = 0.55;

  @TempDir private Path folder;

  private Road road(SparkSession spark, List<String> lines, String... overrides) {
    String input = Corpus.write(folder.resolve("train.txt"), lines);
    return Road.of(spark, folder.resolve("work"), input, overrides).prepare();
  }

  private static byte[] weights(Bundle bundle) throws IOException {
    byte[] zip;
    try (InputStream in = bundle.read(Bundle.NETWORK)) {
      zip = in.readAllBytes();
    }
    try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (entry.getName().equals("coefficients.bin")) {
          return entries.readAllBytes();
        }
      }
    }
    throw new AssertionError("no coefficients.bin");
  }

  @ParameterizedTest
  @CsvSource({"dl4j, 1, 60", "sparse, 1, 60", "sparse, 3, 300"})
  void sameSeed_givesTheSameWeights_byteForByte_andAnotherSeedOthers(
      String trainer, int workers, int documents, SparkSession spark) throws IOException {
    Road road =
        road(
            spark,
            Corpus.lines(documents, 1),
            "train.trainer=" + trainer,
            "train.workers=" + workers,
            "train.threads-per-worker=1",
            "train.rounds-per-epoch=2",
            "train.epochs=3");
    byte[] once = weights(road.bundle(road.train()));
    byte[] again = weights(road.bundle(road.train()));
    assertThat(again).isEqualTo(once);
    Road other = new Road(spark, road.folder(), road.settings().with("train.seed", 2));
    assertThat(weights(other.bundle(other.train()))).isNotEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train.trainer=dl4j", "train.trainer=sparse"})
  void training_isBetterThanChance_andItsManifestSaysWhatMadeIt(
      String trainer, SparkSession spark) {
    Road road =
        road(
            spark,
            Corpus.lines(300, 3),
            trainer,
            "train.workers=2",
            "train.epochs=8",
            "train.learning-rate=0.02",
            "train.validation-fraction=0.2");
    TrainResult trained = road.train();
    assertThat(trained.validation().orElseThrow().accuracy()).isGreaterThan(CHANCE + 0.3);
    assertThat(trained.bestEpoch()).isBetween(1, trained.epochs());
    Bundle bundle = road.bundle(trained);
    bundle.verify();
    assertThat(bundle.manifest().training().trainer())
        .isEqualTo(trainer.substring(trainer.indexOf('=') + 1));
    assertThat(bundle.manifest().training().rows())
        .containsEntry("examples", 300L)
        .containsEntry("best_epoch", (long) trained.bestEpoch());
    assertThat(bundle.manifest().training().inputs())
        .singleElement()
        .satisfies(
            input -> assertThat(input.toString()).contains(folder.resolve("train.txt").toString()));
    assertThat(bundle.metrics().at("/validation/accuracy").doubleValue())
        .isEqualTo(trained.validation().orElseThrow().accuracy());
    assertThat(trained.path()).endsWith("/tiny/" + trained.version());
  }

  @Test
  void patience_stopsEarly_andKeepsTheBestEpoch(SparkSession spark) {
    Road road =
        road(
            spark,
            Corpus.lines(80, 5),
            "train.epochs=30",
            "train.patience=2",
            "train.learning-rate=1e-12",
            "train.validation-fraction=0.3");
    TrainResult trained = road.train();
    assertThat(trained.epochs()).isEqualTo(3);
  }

  @Test
  void withoutValidation_theLastEpochIsKept(SparkSession spark) {
    Road road = road(spark, Corpus.lines(40, 6), "train.validation-fraction=0", "train.epochs=2");
    TrainResult trained = road.train();
    assertThat(trained.bestEpoch()).isEqualTo(2);
    assertThat(trained.validation()).isEmpty();
    assertThat(road.bundle(trained).metrics().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"train.trainer=dl4j", "train.trainer=sparse"})
  void moreWorkersThanExamples_train(String trainer, SparkSession spark) {
    Road road =
        road(
            spark,
            List.of("__label__a x y", "__label__b y z", "__label__a x"),
            trainer,
            "train.workers=7",
            "train.epochs=2",
            "train.validation-fraction=0");
    road.bundle(road.train()).verify();
  }

  @Test
  void lastBatch_mayHoldOneExample(SparkSession spark) {
    Road road =
        road(
            spark,
            Corpus.lines(9, 1),
            "train.trainer=dl4j",
            "train.batch-size=8",
            "train.epochs=1",
            "train.validation-fraction=0");
    road.bundle(road.train()).verify();
  }

  @ParameterizedTest
  @ValueSource(strings = {"train.trainer=dl4j", "train.trainer=sparse"})
  void oneWordVocabulary_andAVeryLongDocument_train(String trainer, SparkSession spark) {
    Road road =
        road(
            spark,
            List.of("__label__a x", "__label__b rare", "__label__a x" + " x".repeat(20_000)),
            trainer,
            "vocabulary.min-count=2",
            "encode.max-tokens=1000000",
            "train.epochs=1",
            "train.validation-fraction=0");
    Bundle bundle = road.bundle(road.train());
    assertThat(bundle.manifest().network().vocabularySize()).isEqualTo(3);
    assertThat(road.rows("encode").selectExpr("max(size(features))").head().getInt(0))
        .isEqualTo(20_001);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "sparse"})
  void examplesThatAllWeighNothing_areRefused(String trainer, SparkSession spark) {
    String input = Corpus.write(folder.resolve("train.csv"), "label,text,w\na,x,0\nb,y,0\n");
    Road road =
        Road.of(
                spark,
                folder.resolve("work"),
                input,
                "input.weight-column=w",
                "train.trainer=" + trainer,
                "train.validation-fraction=0")
            .prepare();
    assertThatThrownBy(road::train)
        .isInstanceOf(JobException.class)
        .hasMessageEndingWith(
            " holds 2 training examples, and all of them weigh 0: there is nothing to learn from."
                + " Look at the weight column (input.weight-column)");
    assertThat(folder.resolve("work/models/tiny")).isEmptyDirectory();
  }

  @Test
  void validationThatTakesEveryExample_isRefused(SparkSession spark) {
    List<String> lines = new ArrayList<>(Collections.nCopies(1, "__label__a x"));
    lines.add("__label__b y");
    Road road = road(spark, lines, "train.validation-fraction=0.5");
    boolean refused = false;
    for (long seed = 1; seed <= 10 && !refused; seed++) {
      Road seeded = new Road(spark, road.folder(), road.settings().with("train.seed", seed));
      try (TrainingData data = TrainingData.load(road.rows("encode"), 1, 0.5, seed)) {
        if (data.counts().trainingExamples() == 0) {
          refused = true;
          assertThatThrownBy(seeded::train)
              .isInstanceOf(JobException.class)
              .hasMessage(
                  "%s holds 2 examples and train.validation-fraction = 0.5 leaves none to train on"
                      .formatted(road.path("encode")));
        }
      }
    }
    assertThat(refused).isTrue();
  }

  @Test
  void vocabularyOfOtherData_isRefused(SparkSession spark) {
    Road road = road(spark, List.of("__label__a x", "__label__b y"));
    Corpus.write(folder.resolve("train.txt"), List.of("__label__a x x", "__label__b z"));
    road.tokenize();
    road.vocabulary();
    assertThatThrownBy(road::train)
        .isInstanceOf(JobException.class)
        .hasMessageMatching(
            "Cannot train on \\Q%s\\E: it was encoded with the vocabulary and labels [0-9a-f]{8}…, and \\Q%s\\E holds [0-9a-f]{8}…; run encode again"
                .formatted(road.path("encode"), road.path("vocabulary")));
  }

  @Test
  void labelsOfOtherData_areRefused_thoughTheTokensAreTheSame(SparkSession spark) {
    Road road = road(spark, List.of("__label__a x", "__label__b y", "__label__b z"));
    Corpus.write(
        folder.resolve("train.txt"), List.of("__label__a x", "__label__a y", "__label__b z"));
    road.tokenize();
    road.vocabulary();
    assertThatThrownBy(road::train)
        .isInstanceOf(JobException.class)
        .hasMessageContaining("run encode again");
  }

  @Test
  void missingEncodedData_orVocabulary_isNamed(SparkSession spark) throws IOException {
    Road road = Road.of(spark, folder, "unused");
    assertThatThrownBy(road::train)
        .isInstanceOf(JobException.class)
        .hasMessage(
            "%s is not the output of a finished stage: it has no _stage.json. Run 'encode' first"
                .formatted(road.path("encode")));
    Road encoded = road(spark, List.of("__label__a x", "__label__b y"));
    Files.move(folder.resolve("work/vocabulary"), folder.resolve("work/elsewhere"));
    assertThatThrownBy(encoded::train)
        .isInstanceOf(JobException.class)
        .hasMessageContaining("Run 'vocabulary' first");
  }
}
