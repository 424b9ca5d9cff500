package io.meanmax.job.train.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.config.GenerateConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.generate.GenerateJob;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What several workers learn, beside one. */
@ExtendWith(SparkExtension.class)
class SeveralWorkersIT {
  private static final double A_POINT_AND_A_HALF = 0.015;

  @TempDir private Path folder;

  @Test
  void accuracyOfSeveralWorkers_isCloseToThatOfOne(SparkSession spark) {
    // Several thousand documents: what several workers lose against one on fewer is no small thing.
    Road road = road(spark);
    double alone = accuracy(road, 1);
    assertThat(alone).isGreaterThan(0.1);
    for (int workers : new int[] {2, 8}) {
      assertThat(accuracy(road, workers))
          .as("%d workers", workers)
          .isGreaterThan(alone - A_POINT_AND_A_HALF);
    }
  }

  private Road road(SparkSession spark) {
    String corpus = folder.resolve("corpus").toString();
    Road road =
        Road.of(
            spark,
            folder.resolve("work"),
            corpus,
            "generate.documents=12000",
            "generate.vocabulary-size=2000",
            "generate.median-length=20",
            "train.trainer=sparse",
            "train.threads-per-worker=1",
            "train.epochs=10",
            "train.validation-fraction=0.3");
    new GenerateJob(
            spark, GenerateConfig.from(road.settings()), new OutputConfig(corpus, true, null))
        .run();
    return road.prepare();
  }

  private static double accuracy(Road road, int workers) {
    Settings settings = road.settings().with("train.workers", workers);
    return new Road(road.spark(), road.folder(), settings)
        .train()
        .validation()
        .orElseThrow()
        .accuracy();
  }
}
