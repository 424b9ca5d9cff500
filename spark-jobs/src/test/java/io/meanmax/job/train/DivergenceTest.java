package io.meanmax.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.config.TrainConfig;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import io.meanmax.sparse.RateSchedule;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class DivergenceTest {
  @TempDir private Path folder;

  private Road road(SparkSession spark, int documents, String... overrides) {
    String input = Corpus.write(folder.resolve("train.txt"), Corpus.lines(documents, 1));
    return Road.of(spark, folder.resolve("work"), input, overrides).prepare();
  }

  /** Settings as they are, with a learning rate that no user may give. */
  private static TrainConfig withRate(Road road, double rate) {
    TrainConfig config = TrainConfig.from(road.settings());
    return new TrainConfig(
        TrainConfig.Trainer.DL4J,
        config.epochs(),
        config.batchSize(),
        config.workers(),
        config.averagingFrequency(),
        config.roundsPerEpoch(),
        config.openingRounds(),
        config.threadsPerWorker(),
        config.mergeRule(),
        Optional.of(TrainConfig.Optimizer.SGD),
        OptionalDouble.of(rate),
        RateSchedule.Decay.CONSTANT,
        config.validationFraction(),
        config.patience(),
        config.seed());
  }

  @Test
  void lossThatIsNoNumber_stopsTraining_namesEpochAndStep_andPublishesNothing(SparkSession spark) {
    Road road = road(spark, 100, "train.batch-size=8");
    assertThatThrownBy(() -> road.train(withRate(road, 1e30)))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "Training diverged in epoch 1, round 1: loss is (NaN|Infinity) at step \\d+ of worker 0\\."
                + " Lower train\\.learning-rate, or look for extreme weights");
    assertThat(folder.resolve("work/models/tiny/current")).doesNotExist();
    assertThat(folder.resolve("work/models/tiny")).isEmptyDirectory();
  }

  @Test
  void lastUpdate_thatLeavesNoNumbers_isSeenToo(SparkSession spark) {
    Road road = road(spark, 20, "train.validation-fraction=0", "train.epochs=1");
    assertThatThrownBy(() -> road.train(withRate(road, 1e300)))
        .isInstanceOf(DivergedException.class)
        .hasMessage(
            "Training diverged in epoch 1: after its last step a parameter is not a number."
                + " Lower train.learning-rate, or look for extreme weights");
    assertThat(folder.resolve("work/models/tiny")).isEmptyDirectory();
  }
}
