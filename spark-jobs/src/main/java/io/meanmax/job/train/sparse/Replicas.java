package io.meanmax.job.train.sparse;

import io.meanmax.sparse.SparseModel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models that this JVM's workers keep between rounds. A replica carries the round it is good
 * for: one that a failed task left half-trained is good for none.
 */
final class Replicas {
  private static final int SPOILT = -1;
  private static final Map<String, Replica> KEPT = new ConcurrentHashMap<>();

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

  /** A worker's replica, if it has gone through just so many rounds; else null. */
  static Replica find(String run, int worker, int trainedRounds) {
    Replica replica = KEPT.get(key(run, worker));
    return replica != null && replica.trainedRounds == trainedRounds ? replica : null;
  }

  /** Keeps a worker's model, in place of any that it had, and drops those of other runs. */
  static Replica keep(String run, int worker, SparseModel model, int trainedRounds) {
    KEPT.keySet().removeIf(key -> !key.startsWith(run + "/"));
    Replica replica = new Replica(model, trainedRounds);
    KEPT.put(key(run, worker), replica);
    return replica;
  }

  /** Drops the models of a run. */
  static void drop(String run) {
    KEPT.keySet().removeIf(key -> key.startsWith(run + "/"));
  }

  private static String key(String run, int worker) {
    return run + "/" + worker;
  }
}
