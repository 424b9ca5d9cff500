package io.meanmax.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkParametersTest {
  private static final int ROWS = 7;
  private static final int DIMENSION = 5;

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void isFinite_noticesAnyOneThatIsNoNumber(float wrong) {
    NetworkParameters parameters =
        NetworkParameters.initial(
            new NetworkSpec(
                ROWS, DIMENSION, new Pooling.MeanMax(), List.of(3), new Output.Softmax(2)),
            1);
    assertThat(parameters.isFinite()).isTrue();
    for (int row = 0; row < ROWS; row++) {
      float[] page = parameters.embedding().page(row);
      for (int i = 0; i < DIMENSION; i++) {
        requireNoticed(parameters, page, parameters.embedding().offset(row) + i, wrong);
      }
    }
    for (NetworkParameters.Layer layer : parameters.layers()) {
      for (float[] array : List.of(layer.weights(), layer.bias())) {
        for (int i = 0; i < array.length; i++) {
          requireNoticed(parameters, array, i, wrong);
        }
      }
    }
  }

  private static void requireNoticed(
      NetworkParameters parameters, float[] array, int at, float wrong) {
    float right = array[at];
    array[at] = wrong;
    assertThat(parameters.isFinite()).isFalse();
    array[at] = right;
    assertThat(parameters.isFinite()).isTrue();
  }
}
