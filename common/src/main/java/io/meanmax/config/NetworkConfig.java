package io.meanmax.config;

import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.List;

/**
 * The part of a network's specification that is chosen; the rest comes from the data.
 *
 * @param dimension length of a word vector
 * @param pooling how word vectors become a document vector
 * @param dense units of each dense tanh layer
 * @param output what is predicted
 */
public record NetworkConfig(
    int dimension, Pooling pooling, List<Integer> dense, OutputKind output) {

  /** What the network predicts. */
  public enum OutputKind {
    SOFTMAX
  }

  private enum PoolingKind {
    MEAN,
    MAX,
    MEAN_MAX
  }

  /** Reads {@code network.*}. */
  public static NetworkConfig from(Settings settings) {
    Pooling pooling =
        switch (settings.choice("network.pooling", PoolingKind.class)) {
          case MEAN -> new Pooling.Mean();
          case MAX -> new Pooling.Max();
          case MEAN_MAX -> new Pooling.MeanMax();
        };
    return new NetworkConfig(
        settings.integer("network.dimension", 1, NetworkSpec.MAX_DIMENSION),
        pooling,
        settings.integers(
            "network.dense",
            units -> units >= 1 && units <= 65_536,
            "a list of layer sizes from 1 to 65536, for instance [30] or []"),
        settings.choice("network.output", OutputKind.class));
  }

  /**
   * The whole specification.
   *
   * @param vocabularySize rows of the embedding table
   * @param classes labels seen in training
   */
  public NetworkSpec spec(int vocabularySize, int classes) {
    Output out =
        switch (output) {
          case SOFTMAX -> new Output.Softmax(classes);
        };
    return new NetworkSpec(vocabularySize, dimension, pooling, dense, out);
  }
}
