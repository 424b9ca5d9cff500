package io.meanmax.job.train.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.bundle.Bundle;
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
    Road road =
        GeneratedRoad.of(
            spark,
            folder,
            2000,
            500,
            "train.trainer=sparse",
            "train.threads-per-worker=1",
            "train.epochs=2");
    for (int workers : new int[] {1, 3}) {
      TrainResult once = GeneratedRoad.with(road, workers).train();
      TrainResult again = GeneratedRoad.with(road, workers).train();
      assertThat(weights(road.bundle(again))).isEqualTo(weights(road.bundle(once)));
    }
  }
}
