package io.meanmax.job.train.sparse;

import io.meanmax.sparse.SparseModel;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models that this JVM's workers keep between rounds. A replica carries the round it is good
 * for: one that a failed task left half-trained is good for none.
 */
final class Replicas {
  private static final int SPOILT = -1;
  private static final Map<String, Replica> KEPT = new ConcurrentHashMap<>();
  private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();

  private Replicas() {}

  /** A worker's model. Used by one task at a time. */
  static final class Replica {
    final SparseModel model;
    private int trainedRounds;

    private Replica(SparseModel model, int trainedRounds) {
      this.model = model;
      this.trainedRounds = trainedRounds;
    }

    /** From here to {@link #finish} the model is of no use to anyone else. */
    void begin() {
      trainedRounds = SPOILT;
    }

    void finish(int rounds) {
      trainedRounds = rounds;
    }
  }

  /** Says that a training of this JVM's driver goes on until {@link #close}, beside others. */
  static void open(String run) {
    OPEN.add(run);
  }

  /** The trainings of this JVM's driver that go on, for the workers, who do not know of them. */
  static Set<String> openRuns() {
    return Set.copyOf(OPEN);
  }

  /** A worker's replica, if it has gone through just so many rounds; else null. */
  static Replica find(String run, int worker, int trainedRounds) {
    Replica replica = KEPT.get(key(run, worker));
    return replica != null && replica.trainedRounds == trainedRounds ? replica : null;
  }

  /** Keeps a worker's model, in place of any that it had. */
  static Replica keep(String run, int worker, SparseModel model, int trainedRounds) {
    Replica replica = new Replica(model, trainedRounds);
    KEPT.put(key(run, worker), replica);
    return replica;
  }

  /** Says that a training is over, and drops its models. */
  static void close(String run) {
    OPEN.remove(run);
    KEPT.keySet().removeIf(key -> runOf(key).equals(run));
  }

  /**
   * Drops the models of trainings that are over: an executor that was busy elsewhere may have
   * missed the end of one.
   */
  static void dropAllBut(Set<String> runs) {
    KEPT.keySet().removeIf(key -> !runs.contains(runOf(key)));
  }

  private static String key(String run, int worker) {
    return run + "/" + worker;
  }

  private static String runOf(String key) {
    return key.substring(0, key.lastIndexOf('/'));
  }
}
