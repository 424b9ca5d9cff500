package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The smallest and the largest of everything, with each optimizer, pooling and two threads. */
class SparseTrainerExtremesTest {

  private static void trains(
      NetworkSpec spec, EncodedExamples examples, SparseOptimizer optimizer) {
    SparseModel model = SparseModel.initial(spec, 1, optimizer);
    RateSchedule schedule = new RateSchedule(0.01, RateSchedule.Decay.LINEAR);
    int[] order = Networks.inOrder(examples);
    try (SparseTrainer trainer = new SparseTrainer(model, 2)) {
      double before = trainer.train(examples, order, new Span(0, order.length, 0, 0), schedule);
      double after = before;
      for (int epoch = 0; epoch < 5; epoch++) {
        after = trainer.train(examples, order, new Span(0, order.length, 0, 1), schedule);
      }
      assertThat(after).as("%s, %s", spec, optimizer).isFinite().isLessThan(before);
    }
    for (float parameter : Networks.flat(model.parameters())) {
      assertThat(Float.isFinite(parameter)).isTrue();
    }
  }

  private static EncodedExamples one(int label, int... ids) {
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    builder.add(ids, label, 1);
    return builder.build();
  }

  @ParameterizedTest
  @EnumSource
  void oneExample_andAVocabularyOfOneWord_train(SparseOptimizer optimizer) {
    for (Pooling pooling : Networks.POOLINGS) {
      for (int dimension : new int[] {1, 2, 1000}) {
        NetworkSpec spec = new NetworkSpec(3, dimension, pooling, List.of(), new Output.Softmax(2));
        trains(spec, one(1, 2), optimizer);
        trains(spec, one(0, 1), optimizer);
        trains(spec, one(0, 0, 2, 0, 2, 1, 0), optimizer);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void documentOfAHundredThousandTokens_trains(SparseOptimizer optimizer) {
    int[] ids = new int[100_000];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i % 997;
    }
    for (Pooling pooling : Networks.POOLINGS) {
      NetworkSpec spec = new NetworkSpec(997, 33, pooling, List.of(5), new Output.Softmax(3));
      EncodedExamples.Builder builder = new EncodedExamples.Builder();
      builder.add(ids, 2, 1);
      builder.add(new int[] {5}, 2, 1);
      builder.add(Arrays.copyOf(ids, 1000), 2, 1);
      trains(spec, builder.build(), optimizer);
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyClasses_train(SparseOptimizer optimizer) {
    NetworkSpec spec =
        new NetworkSpec(10, 1000, new Pooling.MeanMax(), List.of(), new Output.Softmax(1021));
    trains(spec, one(1020, 2, 3, 4), optimizer);
  }
}
