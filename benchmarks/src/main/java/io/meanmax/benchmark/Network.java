package io.meanmax.benchmark;

/** The two networks that are compared. */
enum Network {
  /** fastText's: the mean, then the output layer. */
  MEAN("mean", "[]"),
  /** The one of the source article: mean and max, a dense tanh layer of 30, the output layer. */
  MEAN_MAX("mean-max", "[30]");

  private final String pooling;
  private final String dense;

  Network(String pooling, String dense) {
    this.pooling = pooling;
    this.dense = dense;
  }

  /** {@code network.pooling}. */
  String pooling() {
    return pooling;
  }

  /** {@code network.dense}. */
  String dense() {
    return dense;
  }

  /** The network with this pooling. */
  static Network of(String pooling) {
    for (Network network : values()) {
      if (network.pooling.equals(pooling)) {
        return network;
      }
    }
    throw new IllegalArgumentException(
        "Pooling must be mean or mean-max; found '%s'".formatted(pooling));
  }
}
