package io.meanmax.network;

import io.meanmax.embedding.EmbeddingTable;
import io.meanmax.vocabulary.Vocabulary;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The weights of a network as plain arrays: the embedding table {@code [V, d]}, then for each layer
 * (dense tanh ones, then the output) a matrix {@code [in, out]}, row by row, and a bias {@code
 * [out]}.
 */
public final class NetworkParameters implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A fully connected layer: {@code y = xᵀW + b}.
   *
   * @param inputs length of x
   * @param outputs length of y
   * @param weights W, {@code weights[i·outputs + o]}
   * @param bias b
   */
  public record Layer(int inputs, int outputs, float[] weights, float[] bias)
      implements Serializable {

    static Layer zeros(int inputs, int outputs) {
      return new Layer(inputs, outputs, new float[inputs * outputs], new float[outputs]);
    }
  }

  private final NetworkSpec spec;
  private final EmbeddingTable embedding;
  private final List<Layer> layers;

  private NetworkParameters(NetworkSpec spec, EmbeddingTable embedding, List<Layer> layers) {
    this.spec = spec;
    this.embedding = embedding;
    this.layers = layers;
  }

  /** Parameters that are all zero, to be filled. */
  public static NetworkParameters zeros(NetworkSpec spec) {
    List<Layer> layers = new ArrayList<>();
    int inputs = spec.pooledWidth();
    for (int units : spec.dense()) {
      layers.add(Layer.zeros(inputs, units));
      inputs = units;
    }
    layers.add(Layer.zeros(inputs, spec.output().units()));
    return new NetworkParameters(
        spec, new EmbeddingTable(spec.vocabularySize(), spec.dimension()), List.copyOf(layers));
  }

  /**
   * Parameters before training: embeddings uniform in ±1/d as in fastText, dense layers uniform in
   * ±√(6/(in+out)) (Glorot and Bengio 2010), output layer and biases 0. PAD and UNK are 0: a
   * document without a known token is then answered by the biases alone, until training teaches UNK
   * better.
   */
  public static NetworkParameters initial(NetworkSpec spec, long seed) {
    NetworkParameters parameters = zeros(spec);
    SplittableRandom random = new SplittableRandom(seed);
    EmbeddingTable table = parameters.embedding;
    for (int row = Vocabulary.UNK + 1; row < table.rows(); row++) {
      fill(table.page(row), table.offset(row), spec.dimension(), 1.0 / spec.dimension(), random);
    }
    for (Layer layer : parameters.layers.subList(0, spec.dense().size())) {
      double bound = Math.sqrt(6.0 / (layer.inputs() + layer.outputs()));
      fill(layer.weights(), 0, layer.weights().length, bound, random);
    }
    return parameters;
  }

  private static void fill(
      float[] array, int offset, int length, double bound, SplittableRandom random) {
    for (int i = offset; i < offset + length; i++) {
      array[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
  }

  /** Whether every one of them is a number: neither NaN nor infinite. */
  public boolean isFinite() {
    for (int row = 0; row < embedding.rows(); row++) {
      if (!isFinite(embedding.page(row), embedding.offset(row), embedding.dimension())) {
        return false;
      }
    }
    return layers.stream().allMatch(layer -> isFinite(layer.weights()) && isFinite(layer.bias()));
  }

  private static boolean isFinite(float[] values) {
    return isFinite(values, 0, values.length);
  }

  private static boolean isFinite(float[] values, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (!Float.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }

  /** The shape. */
  public NetworkSpec spec() {
    return spec;
  }

  /** Word vectors by id. */
  public EmbeddingTable embedding() {
    return embedding;
  }

  /** Dense tanh layers from the pooling upwards, then the output layer. */
  public List<Layer> layers() {
    return layers;
  }
}
