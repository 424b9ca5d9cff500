package io.meanmax.benchmark;

import io.meanmax.sparse.ExchangeSpeed;

/**
 * What averaging costs in a round, by ways of exchanging, each worker on a machine of its own whose
 * network takes and gives {@code bandwidth} at once. What one thread does costs as measured; what
 * is assumed is told at each way.
 *
 * @param speed measured
 * @param bandwidth of each machine, bytes a second each way
 * @param stageSeconds assumed: what Spark takes to start and end a stage
 * @param pieceBytes a stage hands over, of each worker
 */
record RoundCost(ExchangeSpeed speed, double bandwidth, double stageSeconds, double pieceBytes) {
  /** Spark's threads that fetch and deserialise the results of tasks. */
  private static final int RESULT_THREADS = 4;

  /** A broadcast travels in blocks of this size, from whom it has already. */
  private static final double BLOCK_BYTES = 4 << 20;

  /**
   * Sizes of a round.
   *
   * @param workers how many
   * @param up bytes that a worker made
   * @param group bytes of what √workers of them made, merged
   * @param down bytes of what all made, merged
   */
  record Sizes(int workers, double up, double group, double down) {}

  /** How the workers' changes come together. */
  enum Way {
    STAR,
    TREE,
    SHARDED
  }

  /** Seconds a round. */
  double seconds(Way way, Sizes sizes) {
    return switch (way) {
      case STAR -> star(sizes);
      case TREE -> tree(sizes);
      case SHARDED -> sharded(sizes);
    };
  }

  /**
   * As the sparse trainer does it: the driver takes all in, piece by piece, merges, and broadcasts.
   */
  private double star(Sizes sizes) {
    return Math.ceil(sizes.up() / pieceBytes) * stageSeconds
        + made(sizes.up())
        + gathered(sizes.workers() * sizes.up(), Math.min(RESULT_THREADS, sizes.workers()))
        + broadcast(sizes);
  }

  /** √workers of the workers take in those of a group each, and hand on to the driver. */
  private double tree(Sizes sizes) {
    double fanIn = Math.ceil(Math.sqrt(sizes.workers()));
    double groups = Math.ceil(sizes.workers() / fanIn);
    return 2 * stageSeconds
        + made(sizes.up())
        + gathered(fanIn * sizes.up(), 1)
        + sizes.group() / speed.serialize()
        + gathered(groups * sizes.group(), Math.min(RESULT_THREADS, groups))
        + broadcast(sizes);
  }

  /** Each worker merges its share of the rows, all to all, twice. */
  private double sharded(Sizes sizes) {
    double others = (sizes.workers() - 1.0) / sizes.workers();
    return 2 * stageSeconds
        + made(sizes.up())
        + gathered(others * sizes.up(), 1)
        + sizes.down() / sizes.workers() / speed.serialize()
        + others * sizes.down() / bandwidth
        + sizes.down() / speed.deserialize()
        + sizes.down() / speed.apply();
  }

  private double made(double up) {
    return up / speed.take() + up / speed.serialize();
  }

  /** Deserialising keeps up with the network or it does not; merging waits for both. */
  private double gathered(double bytes, double threads) {
    return Math.max(bytes / bandwidth, bytes / speed.deserialize() / threads)
        + bytes / speed.merge();
  }

  private double broadcast(Sizes sizes) {
    double hops = Math.log(sizes.workers()) / Math.log(2);
    return sizes.down() / speed.serialize()
        + sizes.down() / speed.compress()
        + (sizes.down() + hops * Math.min(BLOCK_BYTES, sizes.down())) / bandwidth
        + sizes.down() / speed.decompress()
        + sizes.down() / speed.deserialize()
        + sizes.down() / speed.apply();
  }
}
