package io.meanmax.job.train.sparse;

import io.meanmax.network.NetworkSpec;
import io.meanmax.sparse.ModelChange;
import io.meanmax.sparse.RateSchedule;
import io.meanmax.sparse.SparseModel;
import io.meanmax.sparse.SparseOptimizer;
import java.io.Serializable;

/**
 * What all rounds of a training have in common.
 *
 * @param run names the workers' models, so that those of another training are not taken for its own
 * @param spec the network
 * @param seed of initial weights and order
 * @param epochs in all
 * @param rounds in which epochs are cut
 * @param threads of a worker
 * @param optimizer how gradients become updates
 * @param schedule the learning rate
 * @param pieceRows rows, at most, whose changes travel together
 */
record RoundPlan(
    String run,
    NetworkSpec spec,
    long seed,
    int epochs,
    Rounds rounds,
    int threads,
    SparseOptimizer optimizer,
    RateSchedule schedule,
    int pieceRows)
    implements Serializable {

  /** The same under another name. */
  RoundPlan withRun(String name) {
    return new RoundPlan(name, spec, seed, epochs, rounds, threads, optimizer, schedule, pieceRows);
  }

  /** Whether all that a round changed of a model travels together. */
  boolean inOnePiece(SparseModel model) {
    return ModelChange.countTouched(model) <= pieceRows;
  }

  /** The row after the last of the piece that begins with a row. */
  int pieceEnd(int from) {
    return (int) Math.min(spec.vocabularySize(), (long) from + pieceRows);
  }
}
