package io.meanmax.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.embedding.EmbeddingTable;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ForwardTest {
  private static final Offset<Float> CLOSE = Offset.offset(1e-6f);

  /** d=2: PAD [100, 100], UNK [0, 0], then [1, -4] and [3, -2]. */
  private static NetworkParameters parameters(Pooling pooling) {
    NetworkSpec spec = new NetworkSpec(4, 2, pooling, List.of(), new Output.Softmax(2));
    NetworkParameters parameters = NetworkParameters.zeros(spec);
    EmbeddingTable table = parameters.embedding();
    float[] values = {100, 100, 0, 0, 1, -4, 3, -2};
    for (int row = 0; row < 4; row++) {
      table.setRow(row, values, 2 * row);
    }
    return parameters;
  }

  @Test
  void pooled_ofTwoWords_isWorkedByHand() {
    int[] ids = {2, 3};
    assertThat(new Forward(parameters(new Pooling.Mean())).pooled(ids)).containsExactly(2, -3);
    assertThat(new Forward(parameters(new Pooling.Max())).pooled(ids)).containsExactly(3, -2);
    assertThat(new Forward(parameters(new Pooling.MeanMax())).pooled(ids))
        .containsExactly(2, -3, 3, -2);
  }

  @Test
  void pooled_ofNegativeValues_neverSeesPad() {
    assertThat(new Forward(parameters(new Pooling.Max())).pooled(new int[] {0, 2, 0}))
        .containsExactly(1, -4);
  }

  @Test
  void probabilities_areTheSoftmaxOfTheLogits() {
    NetworkParameters parameters = parameters(new Pooling.Mean());
    // logits of [2, -3]: 2·0.5 + 0 = 1 and -3·1 + 2 = -1
    float[] weights = {0.5f, 0, 0, 1};
    System.arraycopy(weights, 0, parameters.layers().get(0).weights(), 0, 4);
    parameters.layers().get(0).bias()[1] = 2;
    double expected = Math.exp(1) / (Math.exp(1) + Math.exp(-1));
    assertThat(new Forward(parameters).probabilities(new int[] {2, 3}))
        .containsExactly(new float[] {(float) expected, (float) (1 - expected)}, CLOSE);
  }

  @Test
  void probabilities_ofHugeLogits_staysFinite() {
    NetworkParameters parameters = parameters(new Pooling.Mean());
    parameters.layers().get(0).bias()[0] = 3e38f;
    assertThat(new Forward(parameters).probabilities(new int[] {2})).containsExactly(1, 0);
  }

  @Test
  void pooled_ofPadAlone_isRefused() {
    assertThatThrownBy(() -> new Forward(parameters(new Pooling.Mean())).pooled(new int[] {0, 0}))
        .hasMessage(
            "A document needs at least one id that is not PAD; encode gives UNK to those without");
  }

  @Test
  void initial_isTheSameForTheSameSeed_andLeavesPadAndUnknownZero() {
    NetworkSpec spec =
        new NetworkSpec(50, 7, new Pooling.MeanMax(), List.of(3), new Output.Softmax(2));
    NetworkParameters one = NetworkParameters.initial(spec, 42);
    NetworkParameters two = NetworkParameters.initial(spec, 42);
    assertThat(one.embedding().row(0)).containsOnly(0);
    assertThat(one.embedding().row(1)).containsOnly(0);
    assertThat(one.embedding().row(2)).isEqualTo(two.embedding().row(2)).doesNotContain(0);
    assertThat(NetworkParameters.initial(spec, 43).embedding().row(2))
        .isNotEqualTo(one.embedding().row(2));
  }
}
