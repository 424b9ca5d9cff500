package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.embedding.EmbeddingTable;
import io.meanmax.encoding.EncodedExamples;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SparseModelTest {

  static List<NetworkSpec> specs() {
    return Networks.specs();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void parameters_areThoseThatWentIn(NetworkSpec spec) {
    NetworkParameters parameters = Networks.random(spec, 1);
    for (SparseOptimizer optimizer : SparseOptimizer.values()) {
      SparseModel model = SparseModel.of(parameters, optimizer);
      assertThat(Networks.flat(model.parameters())).containsExactly(Networks.flat(parameters));
      assertThat(model.parameters().spec()).isEqualTo(spec);
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void training_leavesThePaddingZero(NetworkSpec spec) {
    EncodedExamples examples = Networks.examples(spec, 30, 2);
    for (SparseOptimizer optimizer : SparseOptimizer.values()) {
      SparseModel model = SparseModel.of(Networks.random(spec, 1), optimizer);
      ExampleTrainer trainer = new ExampleTrainer(model);
      for (int e = 0; e < examples.size(); e++) {
        int[] ids = examples.features(e);
        trainer.train(ids, 0, ids.length, examples.label(e), examples.weight(e), 0.1f);
      }
      for (EmbeddingTable table : model.tables()) {
        Vectors.assertPaddingIsZero(table);
      }
      assertLayersArePadded(model);
    }
  }

  /** What a layer has beyond its inputs is lost on the way to parameters: it must not matter. */
  private static void assertLayersArePadded(SparseModel model) {
    SparseModel again = SparseModel.of(model.parameters(), model.optimizer);
    for (int l = 0; l < model.layers.size(); l++) {
      TrainableLayer layer = model.layers.get(l);
      for (int o = 0; o < layer.outputs; o++) {
        assertThat(layer.weights.row(o)).containsExactly(again.layers.get(l).weights.row(o));
      }
    }
  }

  @Test
  void parameters_areACopy() {
    NetworkSpec spec = new NetworkSpec(4, 3, new Pooling.Mean(), List.of(), new Output.Softmax(2));
    NetworkParameters initial = Networks.random(spec, 1);
    float[] before = Networks.flat(initial);
    SparseModel model = SparseModel.of(initial, SparseOptimizer.SGD);
    NetworkParameters taken = model.parameters();
    new ExampleTrainer(model).train(new int[] {2, 3}, 0, 2, 0, 1, 1);
    assertThat(Networks.flat(initial)).containsExactly(before);
    assertThat(Networks.flat(taken)).containsExactly(before);
    assertThat(Networks.flat(model.parameters())).isNotEqualTo(before);
  }

  @Test
  void rows_giveAFreshModelAllOfItsState() {
    for (NetworkSpec spec : specs()) {
      for (SparseOptimizer optimizer : SparseOptimizer.values()) {
        SparseModel model = SparseModel.of(Networks.random(spec, 1), optimizer);
        EncodedExamples examples = Networks.examples(spec, 20, 2);
        ExampleTrainer trainer = new ExampleTrainer(model);
        step(trainer, examples);
        SparseModel copy = SparseModel.zeros(spec, optimizer);
        model.rows(3, spec.vocabularySize()).applyTo(copy);
        model.rows(0, 3).applyTo(copy);
        assertThat(copy.touched).containsOnly(0);
        // Equal state shows in equal steps.
        step(trainer, examples);
        step(new ExampleTrainer(copy), examples);
        assertThat(Networks.flat(copy.parameters()))
            .containsExactly(Networks.flat(model.parameters()));
      }
    }
  }

  private static void step(ExampleTrainer trainer, EncodedExamples examples) {
    for (int e = 0; e < examples.size(); e++) {
      int[] ids = examples.features(e);
      trainer.train(ids, 0, ids.length, examples.label(e), examples.weight(e), 0.05f);
    }
  }
}
