package io.meanmax.sparse;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import io.meanmax.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Networks and examples to train. */
final class Networks {
  static final List<Pooling> POOLINGS =
      List.of(new Pooling.Mean(), new Pooling.Max(), new Pooling.MeanMax());

  private Networks() {}

  /** Every pooling, with no, one and two dense layers, at odd dimensions. */
  static List<NetworkSpec> specs() {
    List<NetworkSpec> specs = new ArrayList<>();
    for (Pooling pooling : POOLINGS) {
      for (List<Integer> dense : List.of(List.<Integer>of(), List.of(30), List.of(7, 5))) {
        for (int dimension : new int[] {1, 7, 16, 17, 50}) {
          specs.add(new NetworkSpec(23, dimension, pooling, dense, new Output.Softmax(3)));
        }
      }
    }
    return specs;
  }

  /** Parameters none of which is zero, with the spread of trained ones. */
  static NetworkParameters random(NetworkSpec spec, long seed) {
    NetworkParameters parameters = NetworkParameters.zeros(spec);
    Random random = new Random(seed);
    for (int row = 0; row < spec.vocabularySize(); row++) {
      parameters.embedding().setRow(row, Vectors.random(random, spec.dimension()), 0);
    }
    for (NetworkParameters.Layer layer : parameters.layers()) {
      float spread = (float) (1 / Math.sqrt(layer.inputs()));
      fill(layer.weights(), spread, random);
      fill(layer.bias(), spread, random);
    }
    return parameters;
  }

  private static void fill(float[] array, float spread, Random random) {
    for (int i = 0; i < array.length; i++) {
      array[i] = spread * (float) random.nextGaussian();
    }
  }

  /** Examples of random words and labels, some words more than once, of weights 0.25 to 2. */
  static EncodedExamples examples(NetworkSpec spec, int count, long seed) {
    Random random = new Random(seed);
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    for (int example = 0; example < count; example++) {
      int[] ids =
          random.ints(1 + random.nextInt(8), Vocabulary.UNK, spec.vocabularySize()).toArray();
      builder.add(ids, random.nextInt(spec.output().units()), (1 + random.nextInt(8)) / 4f);
    }
    return builder.build();
  }

  static int[] inOrder(EncodedExamples examples) {
    return IntStream.range(0, examples.size()).toArray();
  }

  /** All parameters one after another. */
  static float[] flat(NetworkParameters parameters) {
    int length = parameters.embedding().rows() * parameters.embedding().dimension();
    for (NetworkParameters.Layer layer : parameters.layers()) {
      length += layer.weights().length + layer.bias().length;
    }
    float[] flat = new float[length];
    int at = 0;
    for (int row = 0; row < parameters.embedding().rows(); row++) {
      parameters.embedding().copyRow(row, flat, at);
      at += parameters.embedding().dimension();
    }
    for (NetworkParameters.Layer layer : parameters.layers()) {
      System.arraycopy(layer.weights(), 0, flat, at, layer.weights().length);
      at += layer.weights().length;
      System.arraycopy(layer.bias(), 0, flat, at, layer.bias().length);
      at += layer.bias().length;
    }
    return flat;
  }
}
