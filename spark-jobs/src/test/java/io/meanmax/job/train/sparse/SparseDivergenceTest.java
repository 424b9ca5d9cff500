package io.meanmax.job.train.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.bundle.ModelRegistry;
import io.meanmax.config.ModelConfig;
import io.meanmax.config.Settings;
import io.meanmax.config.TrainConfig;
import io.meanmax.encoding.EncodedExamples;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import io.meanmax.job.train.DivergedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class SparseDivergenceTest {
  @TempDir private Path folder;

  private static EncodedExamples poisoned(EncodedExamples examples) {
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    for (int e = 0; e < examples.size(); e++) {
      builder.add(examples.features(e), examples.label(e), Float.POSITIVE_INFINITY);
    }
    return builder.build();
  }

  @Test
  void lossThatIsNoNumber_namesEpoch_round_workerAndExamples(SparkSession spark) {
    JavaSparkContext sc = Workers.context(spark);
    List<EncodedExamples> parts = new ArrayList<>(Workers.deal(400, 4, 1));
    parts.set(2, poisoned(parts.get(2)));
    TrainConfig config = Workers.config();
    try (SparseSparkTrainer trainer =
        new SparseSparkTrainer(sc, config, Workers.SPEC, Workers.data(sc, parts))) {
      assertThatThrownBy(() -> trainer.epoch(0))
          .isInstanceOf(DivergedException.class)
          .hasMessageMatching(
              "Training diverged in epoch 1, round 1: worker 2: loss is (NaN|Infinity) within"
                  + " examples 0 to 49 of the epoch's order, which weigh Infinity to Infinity\\. Lower train\\.learning-rate, or look for extreme weights");
    }
  }

  @Test
  void laterRound_isNamed_andTheLastGoodModelStays(SparkSession spark) {
    JavaSparkContext sc = Workers.context(spark);
    EncodedExamples good = Workers.examples(100, 1);
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    // Poisoned in the second half of the order of the first epoch.
    int[] order = io.meanmax.job.train.EpochOrder.of(100, 1, 0, 1);
    for (int e = 0; e < 100; e++) {
      builder.add(good.features(e), good.label(e), e == order[77] ? Float.POSITIVE_INFINITY : 1);
    }
    TrainConfig config = Workers.config("train.seed=1");
    try (SparseSparkTrainer trainer =
        new SparseSparkTrainer(
            sc, config, Workers.SPEC, Workers.data(sc, List.of(good, builder.build())))) {
      assertThatThrownBy(() -> trainer.epoch(0))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("epoch 1, round 2: worker 1: loss is")
          .hasMessageContaining(
              "within examples 50 to 99 of the epoch's order," + " which weigh 1.0 to Infinity.");
      assertThat(trainer.parameters().isFinite()).isTrue();
    }
  }

  @Test
  void divergence_leavesTheModelThatWasPublishedBefore(SparkSession spark) {
    String input = Corpus.write(folder.resolve("train.txt"), Corpus.lines(100, 1));
    Road road = Road.of(spark, folder.resolve("work"), input, "train.trainer=sparse").prepare();
    String good = road.train().version();
    Settings bad =
        road.settings()
            .with("train.optimizer", "sgd")
            .with("train.learning-rate", 1e6)
            .with("train.learning-rate-decay", "constant")
            .with("train.epochs", 200);
    Road diverging = new Road(spark, road.folder(), bad);
    assertThatThrownBy(diverging::train).isInstanceOf(DivergedException.class);
    ModelRegistry registry =
        new ModelRegistry(
            spark.sparkContext().hadoopConfiguration(),
            new org.apache.hadoop.fs.Path(ModelConfig.from(road.settings()).path()));
    assertThat(registry.current("tiny")).contains(good);
    assertThat(registry.versions("tiny")).hasSize(1);
    assertThat(registry.open("tiny", good).manifest().version()).isEqualTo(good);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void divergence_publishesNothing(int workers, SparkSession spark) {
    String input = Corpus.write(folder.resolve("train.txt"), Corpus.lines(100, 1));
    Road road =
        Road.of(
                spark,
                folder.resolve("work"),
                input,
                "train.trainer=sparse",
                "train.workers=" + workers,
                "train.optimizer=sgd",
                "train.learning-rate=1e6",
                "train.learning-rate-decay=constant",
                "train.epochs=200")
            .prepare();
    assertThatThrownBy(road::train)
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("Lower train.learning-rate");
    assertThat(folder.resolve("work/models/tiny/current")).doesNotExist();
    assertThat(folder.resolve("work/models/tiny")).isEmptyDirectory();
  }
}
