package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel, with either inner loops, against an independent implementation in doubles. */
class SparseAgainstPlainTest {
  private static final double TOLERANCE = 1e-3;

  static List<NetworkSpec> specs() {
    return Networks.specs();
  }

  private static float rate(SparseOptimizer optimizer) {
    return switch (optimizer) {
      case ADAGRAD -> 0.05f;
      case SGD -> 0.1f;
      case ADAM -> 0.01f;
    };
  }

  @ParameterizedTest
  @MethodSource("specs")
  void fiftyExamples_leaveTheSameParameters(NetworkSpec spec) {
    EncodedExamples examples = Networks.examples(spec, 50, 3);
    for (SparseOptimizer optimizer : SparseOptimizer.values()) {
      for (VectorMath math : List.of(new ScalarMath(), MathSelection.SELECTED)) {
        NetworkParameters initial = Networks.random(spec, 5);
        PlainTrainer plain = new PlainTrainer(initial, optimizer);
        SparseModel model = SparseModel.of(initial, optimizer);
        ExampleTrainer trainer = new ExampleTrainer(model, math);
        for (int e = 0; e < examples.size(); e++) {
          float rate = rate(optimizer) * (1 - e / 100f);
          int[] ids = examples.features(e);
          double expected = plain.train(ids, examples.label(e), examples.weight(e), rate);
          float loss =
              trainer.train(ids, 0, ids.length, examples.label(e), examples.weight(e), rate);
          assertThat((double) loss)
              .as("%s, %s, example %d", optimizer, math.name(), e)
              .isEqualTo(expected, within(TOLERANCE * Math.max(1, expected)));
        }
        Vectors.assertClose(
            Networks.flat(model.parameters()), Networks.flat(plain.parameters()), TOLERANCE);
      }
    }
  }
}
