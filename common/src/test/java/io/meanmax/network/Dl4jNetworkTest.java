package io.meanmax.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.encoding.PaddedBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class Dl4jNetworkTest {
  private static final Offset<Float> CLOSE = Offset.offset(1e-5f);
  private static final int VOCABULARY = 23;

  static Stream<NetworkSpec> specs() {
    List<NetworkSpec> specs = new ArrayList<>();
    for (Pooling pooling : List.of(new Pooling.Mean(), new Pooling.Max(), new Pooling.MeanMax())) {
      for (List<Integer> dense : List.of(List.<Integer>of(), List.of(30), List.of(7, 5))) {
        for (int dimension : new int[] {1, 8, 17}) {
          specs.add(new NetworkSpec(VOCABULARY, dimension, pooling, dense, new Output.Softmax(3)));
        }
      }
    }
    return specs.stream();
  }

  /** Parameters in which nothing is zero, PAD's row included, so that a leak would show. */
  private static NetworkParameters random(NetworkSpec spec) {
    NetworkParameters parameters = NetworkParameters.zeros(spec);
    Random random = new Random(7);
    for (int row = 0; row < spec.vocabularySize(); row++) {
      for (int i = 0; i < spec.dimension(); i++) {
        parameters.embedding().page(row)[parameters.embedding().offset(row) + i] =
            (float) random.nextGaussian();
      }
    }
    for (NetworkParameters.Layer layer : parameters.layers()) {
      fill(layer.weights(), random);
      fill(layer.bias(), random);
    }
    return parameters;
  }

  private static void fill(float[] array, Random random) {
    for (int i = 0; i < array.length; i++) {
      array[i] = (float) random.nextGaussian();
    }
  }

  private static float[][] predict(ComputationGraph graph, PaddedBatch batch) {
    INDArray features = Nd4j.createFromArray(batch.features());
    INDArray mask = Nd4j.createFromArray(batch.mask());
    return graph.output(false, new INDArray[] {features}, new INDArray[] {mask})[0].toFloatMatrix();
  }

  private static final List<int[]> DOCUMENTS =
      List.of(new int[] {5}, new int[] {5, 5, 5, 5}, new int[] {3, 9, 22, 1, 4}, new int[] {7, 2});

  @ParameterizedTest
  @MethodSource("specs")
  void forward_agreesWithDl4j(NetworkSpec spec) {
    NetworkParameters parameters = random(spec);
    float[][] dl4j =
        predict(Dl4jNetwork.graph(parameters, new Sgd(), 1), PaddedBatch.of(DOCUMENTS));
    Forward forward = new Forward(parameters);
    for (int row = 0; row < DOCUMENTS.size(); row++) {
      assertThat(forward.probabilities(DOCUMENTS.get(row))).containsExactly(dl4j[row], CLOSE);
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void prediction_isTheSame_aloneInABatchAndAtAnyPaddedLength(NetworkSpec spec) {
    NetworkParameters parameters = random(spec);
    ComputationGraph graph = Dl4jNetwork.graph(parameters, new Sgd(), 1);
    float[] alone = predict(graph, PaddedBatch.of(DOCUMENTS.subList(0, 1)))[0];
    for (int length : new int[] {5, 6, 13, 64}) {
      float[][] batch = predict(graph, PaddedBatch.of(DOCUMENTS, length));
      assertThat(batch[0]).containsExactly(alone, CLOSE);
      assertThat(batch[1]).as("one word four times").containsExactly(alone, CLOSE);
    }
    Forward forward = new Forward(parameters);
    assertThat(forward.probabilities(new int[] {0, 5, 0, 0})).containsExactly(alone, CLOSE);
    assertThat(forward.probabilities(new int[] {5, 5, 5, 5})).containsExactly(alone, CLOSE);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void prediction_withoutTheMask_wouldDependOnPadding(NetworkSpec spec) {
    ComputationGraph graph = Dl4jNetwork.graph(random(spec), new Sgd(), 1);
    INDArray once = Nd4j.createFromArray(new float[][] {{5, 0, 0, 0, 0, 0, 0, 0}});
    INDArray often = Nd4j.createFromArray(new float[][] {{5, 5, 5, 5, 5, 5, 5, 5}});
    float[] padded = graph.output(false, once)[0].toFloatMatrix()[0];
    float[] full = graph.output(false, often)[0].toFloatMatrix()[0];
    double difference = 0;
    for (int i = 0; i < full.length; i++) {
      difference = Math.max(difference, Math.abs(padded[i] - full[i]));
    }
    // max pooling at d=1 may hide PAD behind a larger value; every wider network must show it.
    if (spec.dimension() > 1) {
      assertThat(difference).isGreaterThan(1e-3);
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void networkZip_opensInPlainDl4j_predictsTheSameAndTrainsOn(NetworkSpec spec) throws IOException {
    NetworkParameters parameters = random(spec);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Dl4jNetwork.write(parameters, bytes);
    ComputationGraph graph =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(bytes.toByteArray()));
    PaddedBatch batch = PaddedBatch.of(DOCUMENTS);
    Forward forward = new Forward(parameters);
    float[][] predicted = predict(graph, batch);
    for (int row = 0; row < DOCUMENTS.size(); row++) {
      assertThat(predicted[row]).containsExactly(forward.probabilities(DOCUMENTS.get(row)), CLOSE);
    }
    graph.fit(
        new INDArray[] {Nd4j.createFromArray(batch.features())},
        new INDArray[] {
          Nd4j.createFromArray(new float[][] {{1, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}})
        },
        new INDArray[] {Nd4j.createFromArray(batch.mask())},
        null);
    assertThat(Dl4jNetwork.parameters(graph, spec).embedding().row(0))
        .as("PAD's row")
        .containsExactly(parameters.embedding().row(0));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void networkFile_readsWhatDl4jWrote(NetworkSpec spec) throws IOException {
    NetworkParameters parameters = random(spec);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(Dl4jNetwork.graph(parameters, new Sgd(), 0), bytes, false);
    NetworkParameters read = NetworkFile.read(new ByteArrayInputStream(bytes.toByteArray()), spec);
    for (int row = 0; row < VOCABULARY; row++) {
      assertThat(read.embedding().row(row)).containsExactly(parameters.embedding().row(row));
    }
    for (int l = 0; l < parameters.layers().size(); l++) {
      assertThat(read.layers().get(l).weights())
          .containsExactly(parameters.layers().get(l).weights());
      assertThat(read.layers().get(l).bias()).containsExactly(parameters.layers().get(l).bias());
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void coefficients_areThoseThatDl4jWrites_byteForByte(NetworkSpec spec) throws IOException {
    NetworkParameters parameters = random(spec);
    ByteArrayOutputStream ours = new ByteArrayOutputStream();
    Dl4jNetwork.write(parameters, ours);
    ByteArrayOutputStream theirs = new ByteArrayOutputStream();
    ModelSerializer.writeModel(Dl4jNetwork.graph(parameters, new Sgd(), 0), theirs, false);
    assertThat(coefficients(ours)).isEqualTo(coefficients(theirs));
  }

  private static byte[] coefficients(ByteArrayOutputStream file) throws IOException {
    ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file.toByteArray()));
    ZipEntry entry = zip.getNextEntry();
    while (!entry.getName().equals("coefficients.bin")) {
      entry = zip.getNextEntry();
    }
    return zip.readAllBytes();
  }

  @Test
  void networkFile_ofAnotherNetwork_isRefused() throws IOException {
    NetworkSpec spec =
        new NetworkSpec(VOCABULARY, 3, new Pooling.Mean(), List.of(), new Output.Softmax(2));
    NetworkSpec other =
        new NetworkSpec(VOCABULARY, 4, new Pooling.Mean(), List.of(), new Output.Softmax(2));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Dl4jNetwork.write(random(spec), bytes);
    assertThatThrownBy(() -> NetworkFile.read(new ByteArrayInputStream(bytes.toByteArray()), other))
        .hasMessageStartingWith("it holds 77 parameters where the network ")
        .hasMessageEndingWith(" has 102");
    assertThatThrownBy(() -> NetworkFile.read(InputStream.nullInputStream(), spec))
        .hasMessage("it has no coefficients.bin");
  }

  @Test
  void configuration_refusesVocabulary_beyondExactFloats() {
    NetworkSpec spec =
        new NetworkSpec((1 << 24) + 1, 1, new Pooling.Mean(), List.of(), new Output.Softmax(2));
    assertThatThrownBy(() -> Dl4jNetwork.configuration(spec, new Adam(), 1))
        .hasMessageContaining("16777216")
        .hasMessageContaining("vocabulary.max-size");
  }
}
