package io.meanmax.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.TextClassifier;
import io.meanmax.config.ConfigurationException;
import io.meanmax.config.InputConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.evaluate.EvaluateJob;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class RunJobIT {
  private static final List<String> STAGES =
      List.of("tokenize", "vocabulary", "encode", "evaluate", "score", "embeddings");

  @TempDir private Path folder;

  private Settings settings(String... overrides) {
    return Road.settings(folder, folder.resolve("train.txt").toString(), overrides)
        .with("input.test", folder.resolve("test.txt").toString())
        .with("train.epochs", 1);
  }

  @BeforeEach
  void write() {
    Corpus.write(folder.resolve("train.txt"), Corpus.lines(120, 1));
    Corpus.write(folder.resolve("test.txt"), Corpus.lines(30, 2));
  }

  private static RunResult run(SparkSession spark, Settings settings) {
    return new RunJob(spark, RunConfig.from(settings)).run();
  }

  /** When each stage was last made, and which version is live. */
  private Map<String, Object> state() throws IOException {
    Map<String, Object> state = new TreeMap<>();
    Path work = folder.resolve("models/tiny/_work");
    for (String stage : STAGES) {
      FileTime made = Files.getLastModifiedTime(work.resolve(stage).resolve("_stage.json"));
      state.put(stage, made + " " + Files.readString(work.resolve(stage).resolve("_stage.json")));
    }
    state.put("train", Files.readString(folder.resolve("models/tiny/current")));
    return state;
  }

  private static List<String> changed(Map<String, Object> before, Map<String, Object> after) {
    return before.keySet().stream()
        .filter(stage -> !before.get(stage).equals(after.get(stage)))
        .toList();
  }

  @Test
  void wholeRoad_writesWhatItSays(SparkSession spark) throws IOException {
    RunResult result = run(spark, settings());
    TextClassifier model =
        TextClassifier.load(
            Bundle.open(
                spark.sparkContext().hadoopConfiguration(),
                new org.apache.hadoop.fs.Path(result.modelPath())));
    assertThat(result.test().orElseThrow().examples()).isEqualTo(30);
    assertThat(result.examples()).hasSize(5);
    requirePredictions(spark, result, model);
    requireVectors(spark, result, model);
    requireWord2Vec(result, model);
  }

  private static void requirePredictions(
      SparkSession spark, RunResult result, TextClassifier model) {
    List<Row> rows = spark.read().parquet(result.predictions()).collectAsList();
    assertThat(rows).hasSize(30);
    for (Row row : rows) {
      List<Row> predictions = row.getList(row.fieldIndex("predictions"));
      assertThat(predictions).hasSize(3);
      assertThat(predictions.stream().mapToDouble(each -> each.getFloat(1)).sum())
          .isCloseTo(1, within(1e-4));
      assertThat(row.<String>getAs("model_version")).isEqualTo(model.manifest().version());
    }
  }

  private void requireVectors(SparkSession spark, RunResult result, TextClassifier model) {
    TextClassifier.Session session = model.session();
    Map<String, float[]> expected = new TreeMap<>();
    long offset = 0;
    for (String line : Corpus.lines(30, 2)) {
      String text = line.substring(line.indexOf(' ') + 1);
      expected.put("test.txt:" + offset, session.vector(text).clone());
      offset += line.length() + 1;
    }
    List<Row> rows = spark.read().parquet(result.vectors() + "/documents").collectAsList();
    assertThat(rows).hasSize(30);
    for (Row row : rows) {
      List<Float> vector = row.getList(1);
      assertThat(vector).hasSize(16);
      float[] own = expected.get(row.getString(0));
      for (int i = 0; i < own.length; i++) {
        assertThat(vector.get(i)).isEqualTo(own[i]);
      }
    }
  }

  private static void requireWord2Vec(RunResult result, TextClassifier model) throws IOException {
    Path file =
        Path.of(java.net.URI.create("file:" + result.vectors().replaceFirst("^file:", "")))
            .resolve("words.vec");
    List<String> lines = Files.readAllLines(file);
    int words = model.vocabulary().size() - 2;
    assertThat(lines).hasSize(words + 1);
    assertThat(lines.get(0)).isEqualTo(words + " 8");
    for (int word = 0; word < words; word++) {
      String[] parts = lines.get(word + 1).split(" ", -1);
      assertThat(parts).hasSize(9);
      assertThat(parts[0]).isEqualTo(model.vocabulary().token(word + 2));
      assertThat(Float.parseFloat(parts[8]))
          .isEqualTo(model.parameters().embedding().row(word + 2)[7]);
    }
  }

  @Test
  void secondRun_skipsEverything_andAChangeReRunsWhatDependsOnIt(SparkSession spark)
      throws IOException {
    RunResult first = run(spark, settings());
    Map<String, Object> before = state();
    RunResult second = run(spark, settings());
    assertThat(state()).isEqualTo(before);
    assertThat(second).isEqualTo(first);

    run(spark, settings("score.top=2"));
    Map<String, Object> scored = state();
    assertThat(changed(before, scored)).containsExactly("score");

    run(spark, settings("score.top=2", "vocabulary.min-count=3"));
    Map<String, Object> counted = state();
    assertThat(changed(scored, counted))
        .containsExactly("embeddings", "encode", "evaluate", "score", "train", "vocabulary");

    Corpus.write(folder.resolve("test.txt"), Corpus.lines(31, 2));
    run(spark, settings("score.top=2", "vocabulary.min-count=3"));
    assertThat(changed(counted, state())).containsExactly("embeddings", "evaluate", "score");
  }

  @Test
  void stageWhoseFilesAreGone_isMadeAgain(SparkSession spark) throws IOException {
    RunResult first = run(spark, settings());
    Map<String, Object> before = state();
    Path work = folder.resolve("models/tiny/_work");
    for (String lost : List.of("tokenize", "vocabulary/labels", "score")) {
      try (Stream<Path> files = Files.list(work.resolve(lost))) {
        Files.delete(files.filter(file -> file.toString().endsWith(".parquet")).findAny().get());
      }
    }
    assertThat(run(spark, settings())).isEqualTo(first);
    assertThat(changed(before, state())).containsExactly("score", "tokenize", "vocabulary");
    Map<String, Object> mended = state();
    run(spark, settings());
    assertThat(state()).isEqualTo(mended);
  }

  @Test
  void evaluationOfOtherDocuments_doesNotPassForTheRunsOwn(SparkSession spark) {
    RunResult first = run(spark, settings());
    Bundle bundle =
        Bundle.open(
            spark.sparkContext().hadoopConfiguration(),
            new org.apache.hadoop.fs.Path(first.modelPath()));
    InputConfig other =
        InputConfig.from(
            Settings.defaults()
                .with(
                    "input.path",
                    Corpus.write(folder.resolve("other.txt"), List.of("__label__new x"))));
    new EvaluateJob(
            spark, bundle, other, new OutputConfig(folder.resolve("other").toString(), false, null))
        .run();
    assertThat(bundle.metrics().at("/test/examples").intValue()).isEqualTo(1);
    assertThat(run(spark, settings()).test()).isEqualTo(first.test());
  }

  /** Puts another run's record in the place of a stage's when training begins. */
  private static SparkListener replacing(Path record) {
    return new SparkListener() {
      @Override
      public void onJobStart(SparkListenerJobStart job) {
        String what = job.properties().getProperty("spark.job.description", "");
        if (what.startsWith("train:")) {
          try {
            String text = Files.readString(record);
            Files.deleteIfExists(record.resolveSibling("._stage.json.crc"));
            Files.writeString(record, text.replaceFirst("(\"fingerprint\" *: *\").", "$1x"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    };
  }

  @Test
  void runThatAnotherWorkedBeside_saysSo(SparkSession spark) {
    Path work = folder.resolve("models/tiny/_work");
    SparkListener other = replacing(work.resolve("tokenize/_stage.json"));
    spark.sparkContext().addSparkListener(other);
    try {
      assertThatThrownBy(() -> run(spark, settings()))
          .isInstanceOf(JobException.class)
          .hasMessageStartingWith(
              "Another run replaced %s/tokenize while this one worked. The model is whole: file:%s"
                  .formatted(work, folder.resolve("models/tiny")));
    } finally {
      spark.sparkContext().removeSparkListener(other);
    }
  }

  @Test
  void nameOfTheModel_andTestDocuments_areLookedAtFirst(SparkSession spark) {
    assertThatThrownBy(
            () -> RunConfig.from(settings("models.name=null", "output.path=\"" + folder + "/w\"")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("Say which model: models.name (--name)");
    assertThatThrownBy(() -> run(spark, settings().with("input.test", folder + "/nowhere.txt")))
        .isInstanceOf(JobException.class)
        .hasMessage("Input path does not exist: " + folder + "/nowhere.txt");
    assertThat(folder.resolve("models")).doesNotExist();
  }
}
