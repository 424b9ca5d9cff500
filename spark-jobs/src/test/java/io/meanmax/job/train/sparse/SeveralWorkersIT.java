package io.meanmax.job.train.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.config.GenerateConfig;
import io.meanmax.config.OutputConfig;
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

  private Road road(SparkSession spark, String... overrides) {
    // Several thousand documents: what several workers lose against one on fewer is no small thing.
    Path corpus = folder.resolve("corpus");
    Road road = Road.of(spark, folder.resolve("work"), corpus.toString(), overrides);
    new GenerateJob(
            spark,
            GenerateConfig.from(
                road.settings()
                    .with("generate.documents", 12000)
                    .with("generate.vocabulary-size", 2000)
                    .with("generate.median-length", 20)),
            new OutputConfig(corpus.toString(), true, null))
        .run();
    return road.prepare();
  }

  private static Road with(Road road, int workers) {
    return new Road(road.spark(), road.folder(), road.settings().with("train.workers", workers));
  }

  @Test
  void accuracyOfSeveralWorkers_isCloseToThatOfOne(SparkSession spark) {
    Road road =
        road(
            spark,
            "train.trainer=sparse",
            "train.threads-per-worker=1",
            "train.epochs=10",
            "train.validation-fraction=0.3");
    double alone = with(road, 1).train().validation().orElseThrow().accuracy();
    assertThat(alone).isGreaterThan(0.1);
    for (int workers : new int[] {2, 8}) {
      double several = with(road, workers).train().validation().orElseThrow().accuracy();
      assertThat(several).as("%d workers", workers).isGreaterThan(alone - A_POINT_AND_A_HALF);
    }
  }
}
