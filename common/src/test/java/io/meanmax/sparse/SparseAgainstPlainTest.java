package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel, with either inner loops, against an independent implementation in doubles. */
class SparseAgainstPlainTest {
  private static final double TOLERANCE = 1e-3;

  /** The same model in the hands of either. */
  private record Both(PlainTrainer plain, SparseModel model, ExampleTrainer trainer) {
    static Both of(NetworkSpec spec, SparseOptimizer optimizer, VectorMath math) {
      NetworkParameters initial = Networks.random(spec, 5);
      SparseModel model = SparseModel.of(initial, optimizer);
      return new Both(new PlainTrainer(initial, optimizer), model, new ExampleTrainer(model, math));
    }

    void assertSameParameters(double tolerance) {
      Vectors.assertClose(
          Networks.flat(model.parameters()), Networks.flat(plain.parameters()), tolerance);
    }
  }

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
        Both both = Both.of(spec, optimizer, math);
        for (int e = 0; e < examples.size(); e++) {
          float rate = rate(optimizer) * (1 - e / 100f);
          int[] ids = examples.features(e);
          double expected = both.plain.train(ids, examples.label(e), examples.weight(e), rate);
          float loss =
              both.trainer.train(ids, 0, ids.length, examples.label(e), examples.weight(e), rate);
          assertThat((double) loss)
              .as("%s, %s, example %d", optimizer, math.name(), e)
              .isEqualTo(expected, within(TOLERANCE * Math.max(1, expected)));
        }
        both.assertSameParameters(TOLERANCE);
      }
    }
  }

  /** Longer than what the kernel moves at a time. */
  @ParameterizedTest
  @MethodSource("specs")
  void longDocument_leavesTheSameParameters(NetworkSpec spec) {
    int[] ids = Vectors.ids(new Random(7), 2500, spec.vocabularySize());
    for (SparseOptimizer optimizer : SparseOptimizer.values()) {
      for (VectorMath math : List.of(new ScalarMath(), MathSelection.SELECTED)) {
        Both both = Both.of(spec, optimizer, math);
        both.plain.train(ids, 1, 1, rate(optimizer));
        both.trainer.train(ids, 0, ids.length, 1, 1, rate(optimizer));
        // Hundreds of steps of each word, as long with Adam as with a short document.
        double tolerance = optimizer == SparseOptimizer.ADAM ? 5e-3 : 1e-4;
        both.assertSameParameters(tolerance);
      }
    }
  }
}
