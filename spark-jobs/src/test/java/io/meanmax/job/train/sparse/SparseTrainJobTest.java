package io.meanmax.job.train.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.bundle.Bundle;
import io.meanmax.config.GenerateConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.job.generate.GenerateJob;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import io.meanmax.job.train.TrainResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a generated corpus. */
@ExtendWith(SparkExtension.class)
class SparseTrainJobTest {
  @TempDir private Path folder;

  private Road road(SparkSession spark, String... overrides) {
    Path corpus = folder.resolve("corpus");
    Road road = Road.of(spark, folder.resolve("work"), corpus.toString(), overrides);
    new GenerateJob(
            spark,
            GenerateConfig.from(
                road.settings()
                    .with("generate.documents", 2000)
                    .with("generate.vocabulary-size", 500)
                    .with("generate.median-length", 20)),
            new OutputConfig(corpus.toString(), true, null))
        .run();
    return road.prepare();
  }

  private static Road with(Road road, int workers) {
    return new Road(road.spark(), road.folder(), road.settings().with("train.workers", workers));
  }

  /** The weights as they stand in the zip, whose entries also carry the time of writing. */
  private static byte[] weights(Bundle bundle) throws IOException {
    try (InputStream in = bundle.read(Bundle.NETWORK);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (entry.getName().equals("coefficients.bin")) {
          return entries.readAllBytes();
        }
      }
    }
    throw new AssertionError("no coefficients.bin");
  }

  @Test
  void oneThread_givesTheSameWeights_byteForByte(SparkSession spark) throws IOException {
    Road road = road(spark, "train.trainer=sparse", "train.threads-per-worker=1", "train.epochs=2");
    for (int workers : new int[] {1, 3}) {
      TrainResult once = with(road, workers).train();
      TrainResult again = with(road, workers).train();
      assertThat(weights(road.bundle(again))).isEqualTo(weights(road.bundle(once)));
    }
  }
}
