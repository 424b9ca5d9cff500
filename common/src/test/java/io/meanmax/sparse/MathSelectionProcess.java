package io.meanmax.sparse;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.Arrays;
import java.util.List;

/** Tells which inner loops this JVM has chosen, and what a training with them comes to. */
final class MathSelectionProcess {
  private MathSelectionProcess() {}

  public static void main(String[] args) {
    System.out.println("kernel " + MathSelection.SELECTED.name());
    System.out.println("parameters " + Arrays.toString(trained()));
  }

  /** The parameters of a small network after three epochs of one thread. */
  static float[] trained() {
    NetworkSpec spec =
        new NetworkSpec(23, 17, new Pooling.MeanMax(), List.of(7), new Output.Softmax(3));
    EncodedExamples examples = Networks.examples(spec, 200, 2);
    SparseModel model = SparseModel.of(Networks.random(spec, 1), SparseOptimizer.ADAGRAD);
    ExampleTrainer trainer = new ExampleTrainer(model);
    for (int epoch = 0; epoch < 3; epoch++) {
      for (int e = 0; e < examples.size(); e++) {
        int[] ids = examples.features(e);
        trainer.train(ids, 0, ids.length, examples.label(e), examples.weight(e), 0.05f);
      }
    }
    return Networks.flat(model.parameters());
  }
}
