package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.network.Forward;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PredictorTest {
  private static final Offset<Float> CLOSE = Offset.offset(1e-5f);
  private static final int VOCABULARY = 40;

  static Stream<NetworkSpec> specs() {
    List<NetworkSpec> specs = new ArrayList<>();
    for (Pooling pooling : List.of(new Pooling.Mean(), new Pooling.Max(), new Pooling.MeanMax())) {
      for (List<Integer> dense : List.of(List.<Integer>of(), List.of(30), List.of(7, 5))) {
        for (int dimension : new int[] {1, 16, 17, 80}) {
          specs.add(new NetworkSpec(VOCABULARY, dimension, pooling, dense, new Output.Softmax(19)));
        }
      }
    }
    return specs.stream();
  }

  private static NetworkParameters random(NetworkSpec spec) {
    NetworkParameters parameters = NetworkParameters.initial(spec, 3);
    Random random = new Random(5);
    for (NetworkParameters.Layer layer : parameters.layers()) {
      for (int i = 0; i < layer.weights().length; i++) {
        layer.weights()[i] = (float) random.nextGaussian();
      }
      for (int o = 0; o < layer.outputs(); o++) {
        layer.bias()[o] = (float) random.nextGaussian();
      }
    }
    return parameters;
  }

  @ParameterizedTest
  @MethodSource("specs")
  void predictor_agreesWithThePlainForwardPass(NetworkSpec spec) {
    NetworkParameters parameters = random(spec);
    Forward plain = new Forward(parameters);
    SparseModel model = SparseModel.forPrediction(parameters);
    for (VectorMath math : List.of(new ScalarMath(), MathSelection.SELECTED)) {
      Predictor predictor = new Predictor(model, math);
      for (int[] ids : List.of(new int[] {2}, new int[] {0, 7, 7, 39, 0, 1}, new int[] {1})) {
        assertThat(predictor.probabilities(ids)).containsExactly(plain.probabilities(ids), CLOSE);
        assertThat(predictor.pooled(ids)).containsExactly(plain.pooled(ids), CLOSE);
      }
    }
  }

  @Test
  void predictor_sharesTheTable() {
    NetworkParameters parameters =
        NetworkParameters.zeros(
            new NetworkSpec(3, 2, new Pooling.Mean(), List.of(), new Output.Softmax(2)));
    Predictor predictor = new Predictor(SparseModel.forPrediction(parameters));
    parameters.embedding().setRow(2, new float[] {3, 4}, 0);
    assertThat(predictor.pooled(new int[] {2})).containsExactly(3, 4);
  }

  @Test
  void documentOfPadAlone_isRefused() {
    NetworkParameters parameters =
        NetworkParameters.zeros(
            new NetworkSpec(3, 2, new Pooling.Mean(), List.of(), new Output.Softmax(2)));
    Predictor predictor = new Predictor(SparseModel.forPrediction(parameters));
    assertThatThrownBy(() -> predictor.probabilities(new int[] {0, 0}))
        .hasMessage("An example needs at least one id that is not PAD");
  }
}
