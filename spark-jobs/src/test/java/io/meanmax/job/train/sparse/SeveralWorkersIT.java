package io.meanmax.job.train.sparse;

import static org.assertj.core.api.Assertions.assertThat;

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
    Road road =
        GeneratedRoad.of(
            spark,
            folder,
            12000,
            2000,
            "train.trainer=sparse",
            "train.threads-per-worker=1",
            "train.epochs=10",
            "train.validation-fraction=0.3");
    double alone = GeneratedRoad.with(road, 1).train().validation().orElseThrow().accuracy();
    assertThat(alone).isGreaterThan(0.1);
    for (int workers : new int[] {2, 8}) {
      double several =
          GeneratedRoad.with(road, workers).train().validation().orElseThrow().accuracy();
      assertThat(several).as("%d workers", workers).isGreaterThan(alone - A_POINT_AND_A_HALF);
    }
  }
}
