package io.meanmax.job.train.sparse;

/** A worker that has no replica of the model as it stood after the last round. */
final class ReplicaLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReplicaLostException(int worker, int round) {
    super("worker %d has no model for round %d".formatted(worker, round));
  }
}
