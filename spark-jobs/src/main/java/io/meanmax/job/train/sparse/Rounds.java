package io.meanmax.job.train.sparse;

import io.meanmax.config.TrainConfig;
import java.io.Serializable;

/**
 * In how many rounds epochs are cut. The first epoch opens with short ones: while the weights grow
 * from next to nothing, workers that are left alone for long find different ways.
 *
 * @param opening short rounds, at least 0
 * @param openingShare of the first epoch that they take, 0 to 1
 * @param later of any other epoch, at least 1; the rest of the first has its share of them
 */
record Rounds(int opening, double openingShare, int later) implements Serializable {
  /** What each worker trains on in a short round. */
  private static final int LEAST_EXAMPLES = 16;

  private static final int MOST_EXAMPLES = 128;

  /** So many rounds in each epoch. */
  static Rounds even(int rounds) {
    return new Rounds(0, 0, rounds);
  }

  /**
   * As configured.
   *
   * @param workers at least 1; one has nobody to part from
   * @param examples of a worker
   */
  static Rounds of(TrainConfig config, int workers, int examples) {
    int opening = Math.min(config.openingRounds(), examples / LEAST_EXAMPLES);
    if (workers == 1 || opening <= config.roundsPerEpoch()) {
      return even(config.roundsPerEpoch());
    }
    double share = Math.min(1, (double) opening * MOST_EXAMPLES / examples);
    return new Rounds(opening, share, config.roundsPerEpoch());
  }

  /** How many an epoch has. */
  int of(int epoch) {
    return epoch == 0 ? opening + (int) Math.ceil(later * (1 - openingShare)) : later;
  }

  /** How many come before an epoch. */
  int before(int epoch) {
    return epoch == 0 ? 0 : of(0) + (epoch - 1) * later;
  }

  /** The epoch a round belongs to; both count from 0. */
  int epochOf(int round) {
    return round < of(0) ? 0 : 1 + (round - of(0)) / later;
  }

  /** Its number within its epoch, from 0. */
  int partOf(int round) {
    return round - before(epochOf(round));
  }

  /** The epochs that are over when a round begins, with the share of its own. */
  double epochsBefore(int round) {
    int epoch = epochOf(round);
    return epoch + shareBefore(epoch, partOf(round));
  }

  /**
   * Where a round begins among the examples of an epoch; the one after the last, where they end.
   */
  int placeOf(int epoch, int part, int examples) {
    return (int) Math.round(examples * shareBefore(epoch, part));
  }

  private double shareBefore(int epoch, int part) {
    if (epoch > 0) {
      return (double) part / later;
    }
    if (part < opening) {
      return openingShare * part / opening;
    }
    int rest = of(0) - opening;
    return rest == 0 ? 1 : openingShare + (1 - openingShare) * (part - opening) / rest;
  }
}
