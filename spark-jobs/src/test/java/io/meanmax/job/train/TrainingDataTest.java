package io.meanmax.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.config.NetworkConfig;
import io.meanmax.config.TrainConfig;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import io.meanmax.job.train.dl4j.Dl4jTrainer;
import io.meanmax.network.NetworkParameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class TrainingDataTest {
  @TempDir private Path folder;

  private Road road(SparkSession spark) {
    String input = Corpus.write(folder.resolve("train.txt"), Corpus.lines(120, 4));
    return Road.of(
            spark,
            folder.resolve("work"),
            input,
            "train.learning-rate=0.02",
            "train.batch-size=16",
            "train.epochs=4")
        .prepare();
  }

  /** Every example of every worker in its order. */
  private static List<String> examples(TrainingData data) {
    List<String> examples = new ArrayList<>();
    data.training()
        .collect()
        .forEach(
            part -> {
              examples.add("worker of " + part.size());
              for (int i = 0; i < part.size(); i++) {
                examples.add(
                    java.util.Arrays.toString(part.features(i))
                        + part.label(i)
                        + " "
                        + part.weight(i));
              }
            });
    return examples;
  }

  @Test
  void split_workers_andOrder_dependOnIdsAndSeedAlone(SparkSession spark) {
    Dataset<Row> encoded = road(spark).rows("encode");
    try (TrainingData one = TrainingData.load(encoded.coalesce(1), 3, 0.25, 1);
        TrainingData seven = TrainingData.load(encoded.repartition(7), 3, 0.25, 1);
        TrainingData other = TrainingData.load(encoded, 3, 0.25, 2)) {
      assertThat(examples(seven)).isEqualTo(examples(one));
      assertThat(examples(other)).isNotEqualTo(examples(one));
      assertThat(one.counts().trainingExamples() + one.counts().validationExamples())
          .isEqualTo(120);
      assertThat(one.counts().validationExamples()).isBetween(15L, 45L);
      assertThat(one.training().getNumPartitions()).isEqualTo(3);
    }
  }

  @Test
  void loss_falls(SparkSession spark) {
    Road road = road(spark);
    NetworkParameters initial =
        NetworkParameters.initial(NetworkConfig.from(road.settings()).spec(40, 3), 1);
    List<Double> losses = new ArrayList<>();
    try (TrainingData data = TrainingData.load(road.rows("encode"), 2, 0, 1);
        Dl4jTrainer trainer =
            new Dl4jTrainer(
                JavaSparkContext.fromSparkContext(spark.sparkContext()),
                TrainConfig.from(road.settings()),
                initial,
                data)) {
      for (int epoch = 0; epoch < 4; epoch++) {
        Pass pass = trainer.epoch(epoch);
        assertThat(pass.examples()).isEqualTo(120);
        losses.add(pass.loss());
      }
    }
    assertThat(losses.get(0)).isLessThan(1.2);
    assertThat(losses.get(3)).isLessThan(0.7 * losses.get(0));
  }
}
