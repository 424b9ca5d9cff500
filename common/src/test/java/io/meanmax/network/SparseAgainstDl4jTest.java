package io.meanmax.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanmax.encoding.PaddedBatch;
import io.meanmax.sparse.ExampleTrainer;
import io.meanmax.sparse.SparseModel;
import io.meanmax.sparse.SparseOptimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** The two trainers held to each other: same weights and batch in, same loss and gradients out. */
class SparseAgainstDl4jTest {
  private static final int VOCABULARY = 23;
  private static final int CLASSES = 4;

  /** A power of two, large beside the weights: what they moved by is read off without rounding. */
  private static final float RATE = 1024;

  private static final double RELATIVE = 1e-4;

  /** Of different lengths, with words that stand twice in a document and in several documents. */
  private static final List<int[]> DOCUMENTS =
      List.of(
          new int[] {5},
          new int[] {5, 9, 5, 5},
          new int[] {3, 9, 22, 1, 4, 17, 12},
          new int[] {7, 2},
          new int[] {21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10});

  private static final int[] LABELS = {0, 1, 3, 1, 2};
  private static final float[] WEIGHTS = {1, 0.25f, 3, 1.5f, 0.6f};

  static List<NetworkSpec> specs() {
    List<NetworkSpec> specs = new ArrayList<>();
    for (Pooling pooling : List.of(new Pooling.Mean(), new Pooling.Max(), new Pooling.MeanMax())) {
      for (List<Integer> dense : List.of(List.<Integer>of(), List.of(30), List.of(7, 5))) {
        for (int dimension : new int[] {1, 17, 80}) {
          specs.add(
              new NetworkSpec(VOCABULARY, dimension, pooling, dense, new Output.Softmax(CLASSES)));
        }
      }
    }
    return specs;
  }

  private static NetworkParameters random(NetworkSpec spec) {
    NetworkParameters parameters = NetworkParameters.zeros(spec);
    Random random = new Random(11);
    for (int row = 0; row < VOCABULARY; row++) {
      float[] vector = new float[spec.dimension()];
      fill(vector, 1, random);
      parameters.embedding().setRow(row, vector, 0);
    }
    for (NetworkParameters.Layer layer : parameters.layers()) {
      fill(layer.weights(), 1 / Math.sqrt(layer.inputs()), random);
      fill(layer.bias(), 0.5, random);
    }
    return parameters;
  }

  private static void fill(float[] array, double spread, Random random) {
    for (int i = 0; i < array.length; i++) {
      array[i] = (float) (spread * random.nextGaussian());
    }
  }

  private static ComputationGraph dl4j(NetworkParameters parameters) {
    ComputationGraph graph = Dl4jNetwork.graph(parameters, new Sgd(), 1);
    PaddedBatch batch = PaddedBatch.of(DOCUMENTS);
    float[][] labels = new float[LABELS.length][CLASSES];
    for (int row = 0; row < LABELS.length; row++) {
      labels[row][LABELS[row]] = WEIGHTS[row];
    }
    graph.setInput(0, Nd4j.createFromArray(batch.features()));
    graph.setLabel(0, Nd4j.createFromArray(labels));
    graph.setLayerMaskArrays(new INDArray[] {Nd4j.createFromArray(batch.mask())}, null);
    graph.computeGradientAndScore();
    return graph;
  }

  /** One document at a time, each from the same weights; gradient = change / −rate. */
  private static double sparse(NetworkParameters initial, NetworkParameters gradient) {
    double loss = 0;
    for (int row = 0; row < LABELS.length; row++) {
      SparseModel model = SparseModel.of(initial, SparseOptimizer.SGD);
      int[] ids = DOCUMENTS.get(row);
      loss += new ExampleTrainer(model).train(ids, 0, ids.length, LABELS[row], WEIGHTS[row], RATE);
      NetworkParameters moved = model.parameters();
      for (int id = 0; id < VOCABULARY; id++) {
        float[] sum = gradient.embedding().row(id);
        addChange(initial.embedding().row(id), moved.embedding().row(id), sum);
        gradient.embedding().setRow(id, sum, 0);
      }
      for (int l = 0; l < initial.layers().size(); l++) {
        NetworkParameters.Layer from = initial.layers().get(l);
        NetworkParameters.Layer to = moved.layers().get(l);
        addChange(from.weights(), to.weights(), gradient.layers().get(l).weights());
        addChange(from.bias(), to.bias(), gradient.layers().get(l).bias());
      }
    }
    return loss;
  }

  private static void addChange(float[] from, float[] to, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (from[i] - to[i]) / RATE;
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void lossAndGradients_ofOneBatch_areTheSame(NetworkSpec spec) {
    NetworkParameters initial = random(spec);
    ComputationGraph graph = dl4j(initial);
    NetworkParameters gradient = NetworkParameters.zeros(spec);

    double loss = sparse(initial, gradient);

    // DL4J's score is divided by the number of examples; its gradients are not.
    assertThat(loss / LABELS.length).isEqualTo(graph.score(), within(RELATIVE * graph.score()));
    Gradient expected = graph.gradient();
    INDArray embedding = expected.getGradientFor("embedding_W");
    float[] actual = new float[VOCABULARY * spec.dimension()];
    for (int id = 0; id < VOCABULARY; id++) {
      gradient.embedding().copyRow(id, actual, id * spec.dimension());
    }
    assertSame("embedding", actual, embedding);
    for (int l = 0; l < gradient.layers().size(); l++) {
      String name = l < spec.dense().size() ? "dense-" + l : "output";
      NetworkParameters.Layer layer = gradient.layers().get(l);
      assertSame(name + "_W", layer.weights(), expected.getGradientFor(name + "_W"));
      assertSame(name + "_b", layer.bias(), expected.getGradientFor(name + "_b"));
    }
  }

  /** Relative to the largest component, because the smallest are differences of larger numbers. */
  private static void assertSame(String name, float[] actual, INDArray expected) {
    float[] values = expected.dup('c').data().asFloat();
    assertThat(actual).as(name).hasSameSizeAs(values);
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).as(name).isPositive();
    for (int i = 0; i < values.length; i++) {
      assertThat((double) actual[i])
          .as("%s, component %d", name, i)
          .isEqualTo(values[i], within(RELATIVE * largest));
    }
  }
}
