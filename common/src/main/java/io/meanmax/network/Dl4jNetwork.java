package io.meanmax.network;

import io.meanmax.embedding.EmbeddingTable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * The network as a Deeplearning4j {@link ComputationGraph} of stock layers, so that plain DL4J
 * opens what is saved. Input: ids {@code [batch, tokens]} as floats with a features mask of that
 * shape. Labels: {@code [batch, classes]}, an example's weight in its class, 0 elsewhere.
 */
public final class Dl4jNetwork {
  /** Ids travel as floats, which are exact up to here. */
  public static final int MAX_VOCABULARY = 1 << 24;

  private static final int CHUNK_FLOATS = 1 << 22;
  private static final String INPUT = "tokens";
  private static final String EMBEDDING = "embedding";
  private static final String MEAN = "mean";
  private static final String MAX = "max";
  private static final String MEAN_MAX = "mean-max";
  private static final String OUTPUT = "output";

  private Dl4jNetwork() {}

  /**
   * The graph's configuration.
   *
   * @param updater how DL4J turns gradients into updates
   * @throws IllegalArgumentException if the vocabulary is too large for ids in floats
   */
  public static ComputationGraphConfiguration configuration(
      NetworkSpec spec, IUpdater updater, long seed) {
    if (spec.vocabularySize() > MAX_VOCABULARY) {
      throw new IllegalArgumentException(
          ("DL4J takes ids as floats, exact to %d; the vocabulary has %d tokens."
                  + " Lower vocabulary.max-size or raise vocabulary.min-count")
              .formatted(MAX_VOCABULARY, spec.vocabularySize()));
    }
    ComputationGraphConfiguration.GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .weightInit(WeightInit.ZERO)
            .updater(updater)
            .graphBuilder()
            .addInputs(INPUT)
            .addLayer(
                EMBEDDING,
                new EmbeddingSequenceLayer.Builder()
                    .nIn(spec.vocabularySize())
                    .nOut(spec.dimension())
                    .inferInputLength(true)
                    .activation(Activation.IDENTITY)
                    .build(),
                INPUT);
    String below = addPooling(graph, spec.pooling());
    int inputs = spec.pooledWidth();
    for (int l = 0; l < spec.dense().size(); l++) {
      int units = spec.dense().get(l);
      graph.addLayer(
          dense(l),
          new DenseLayer.Builder().nIn(inputs).nOut(units).activation(Activation.TANH).build(),
          below);
      below = dense(l);
      inputs = units;
    }
    addOutput(graph, spec.output(), inputs, below);
    // recurrent(V), because DL4J overwrites the embedding layer's nIn with the size given here.
    return graph
        .setOutputs(OUTPUT)
        .setInputTypes(InputType.recurrent(spec.vocabularySize()))
        .build();
  }

  private static String addPooling(
      ComputationGraphConfiguration.GraphBuilder graph, Pooling pooling) {
    if (pooling instanceof Pooling.Mean) {
      return pool(graph, MEAN, PoolingType.AVG);
    }
    if (pooling instanceof Pooling.Max) {
      return pool(graph, MAX, PoolingType.MAX);
    }
    String mean = pool(graph, MEAN, PoolingType.AVG);
    String max = pool(graph, MAX, PoolingType.MAX);
    graph.addVertex(MEAN_MAX, new MergeVertex(), mean, max);
    return MEAN_MAX;
  }

  private static String pool(
      ComputationGraphConfiguration.GraphBuilder graph, String name, PoolingType type) {
    graph.addLayer(
        name, new GlobalPoolingLayer.Builder(type).collapseDimensions(true).build(), EMBEDDING);
    return name;
  }

  /**
   * Weights of examples come in as their labels, {@code weight·onehot}. With weights of classes,
   * all 1, DL4J's gradient is then {@code weight·(p − onehot)}; without, it takes the labels' sum
   * for 1. A mask of labels would not do: DL4J multiplies the logits by it, not the loss alone.
   */
  private static void addOutput(
      ComputationGraphConfiguration.GraphBuilder graph, Output output, int inputs, String below) {
    Output.Softmax softmax = (Output.Softmax) output;
    graph.addLayer(
        OUTPUT,
        new OutputLayer.Builder(new LossMCXENT(Nd4j.ones(1, softmax.classes())))
            .nIn(inputs)
            .nOut(softmax.classes())
            .activation(Activation.SOFTMAX)
            .build(),
        below);
  }

  private static String dense(int layer) {
    return "dense-" + layer;
  }

  private static String layerName(NetworkSpec spec, int layer) {
    return layer < spec.dense().size() ? dense(layer) : OUTPUT;
  }

  /** A graph ready to train or predict, with a copy of these parameters. */
  public static ComputationGraph graph(NetworkParameters parameters, IUpdater updater, long seed) {
    NetworkSpec spec = parameters.spec();
    ComputationGraph graph = new ComputationGraph(configuration(spec, updater, seed));
    graph.init();
    writeEmbedding(parameters.embedding(), graph.getParam(EMBEDDING + "_W"));
    List<NetworkParameters.Layer> layers = parameters.layers();
    for (int l = 0; l < layers.size(); l++) {
      NetworkParameters.Layer layer = layers.get(l);
      String name = layerName(spec, l);
      graph
          .getParam(name + "_W")
          .assign(
              Nd4j.createFromArray(layer.weights()).reshape('c', layer.inputs(), layer.outputs()));
      graph
          .getParam(name + "_b")
          .assign(Nd4j.createFromArray(layer.bias()).reshape('c', 1, layer.outputs()));
    }
    return graph;
  }

  /** A copy of a graph's parameters. */
  public static NetworkParameters parameters(ComputationGraph graph, NetworkSpec spec) {
    NetworkParameters parameters = NetworkParameters.zeros(spec);
    readEmbedding(graph.getParam(EMBEDDING + "_W"), parameters.embedding());
    for (int l = 0; l < parameters.layers().size(); l++) {
      NetworkParameters.Layer layer = parameters.layers().get(l);
      String name = layerName(spec, l);
      copy(graph.getParam(name + "_W"), layer.weights());
      copy(graph.getParam(name + "_b"), layer.bias());
    }
    return parameters;
  }

  /** Some rows at a time, so that no array needs more than 2^31 floats. */
  private static void writeEmbedding(EmbeddingTable from, INDArray to) {
    int dimension = from.dimension();
    for (int first = 0; first < from.rows(); first += chunk(from)) {
      int rows = Math.min(chunk(from), from.rows() - first);
      float[] values = new float[rows * dimension];
      for (int row = 0; row < rows; row++) {
        from.copyRow(first + row, values, row * dimension);
      }
      to.get(NDArrayIndex.interval(first, first + rows), NDArrayIndex.all())
          .assign(Nd4j.createFromArray(values).reshape('c', rows, dimension));
    }
  }

  private static void readEmbedding(INDArray from, EmbeddingTable to) {
    int dimension = to.dimension();
    for (int first = 0; first < to.rows(); first += chunk(to)) {
      int rows = Math.min(chunk(to), to.rows() - first);
      float[] values = new float[rows * dimension];
      copy(from.get(NDArrayIndex.interval(first, first + rows), NDArrayIndex.all()), values);
      for (int row = 0; row < rows; row++) {
        to.setRow(first + row, values, row * dimension);
      }
    }
  }

  private static int chunk(EmbeddingTable table) {
    return Math.max(1, CHUNK_FLOATS / table.dimension());
  }

  private static void copy(INDArray from, float[] to) {
    float[] values = from.dup('c').data().asFloat();
    System.arraycopy(values, 0, to, 0, to.length);
  }

  /**
   * Writes {@code network.zip}: DL4J's ModelSerializer format, without updater state; the stream is
   * left open.
   */
  public static void write(NetworkParameters parameters, OutputStream out) throws IOException {
    String configuration = configuration(parameters.spec(), new Sgd(), 0).toJson();
    NetworkFile.write(parameters, configuration, out);
  }
}
