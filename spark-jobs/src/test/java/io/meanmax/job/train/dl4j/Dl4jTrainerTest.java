package io.meanmax.job.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.TextClassifier;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

@ExtendWith(SparkExtension.class)
class Dl4jTrainerTest {
  @TempDir private Path folder;

  private static ComputationGraph plain(Bundle bundle) throws IOException {
    try (InputStream in = bundle.read(Bundle.NETWORK)) {
      return ModelSerializer.restoreComputationGraph(in, false);
    }
  }

  /** Ids of one document as plain DL4J takes them, padded with this many zeros. */
  private static INDArray[] input(int[] ids, int padding) {
    float[][] features = new float[1][ids.length + padding];
    float[][] mask = new float[1][ids.length + padding];
    for (int i = 0; i < ids.length; i++) {
      features[0][i] = ids[i];
      mask[0][i] = 1;
    }
    return new INDArray[] {Nd4j.createFromArray(features), Nd4j.createFromArray(mask)};
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "max", "mean-max"})
  void plainDl4j_predictsAsTheClassifierDoes(String pooling, SparkSession spark)
      throws IOException {
    Bundle bundle =
        Road.trained(
            spark, folder, "network.pooling=" + pooling, "network.dense=[5]", "train.epochs=1");
    TextClassifier.Session session = TextClassifier.load(bundle).session();
    ComputationGraph plain = plain(bundle);
    for (String line : Corpus.lines(10, 2)) {
      String text = line.substring(line.indexOf(' ') + 1);
      INDArray[] input = input(session.ids(text), 3);
      plain.setLayerMaskArrays(new INDArray[] {input[1]}, null);
      float[] expected = plain.output(input[0])[0].dup('c').data().asFloat();
      assertThat(session.probabilities(text)).containsExactly(expected, within(1e-5f));
    }
  }

  @Test
  void plainDl4j_trainsOn(SparkSession spark) throws IOException {
    Bundle bundle = Road.trained(spark, folder, "train.epochs=1");
    ComputationGraph plain = plain(bundle);
    INDArray[] input = input(new int[] {2, 3, 4}, 0);
    INDArray label = Nd4j.createFromArray(new float[][] {{0, 1, 0}});
    MultiDataSet batch =
        new MultiDataSet(
            new INDArray[] {input[0]}, new INDArray[] {label}, new INDArray[] {input[1]}, null);
    plain.fit(batch);
    double before = plain.score();
    for (int step = 0; step < 50; step++) {
      plain.fit(batch);
    }
    assertThat(plain.score()).isLessThan(before);
  }
}
