package io.meanmax.job.train.sparse;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.sparse.ModelChange;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Returns what a worker changed of a range of rows in a round that it has trained, if that did not
 * go with the round's result as a whole. May be run again: nothing is forgotten before the next
 * round.
 */
final class HandOver implements FlatMapFunction<Iterator<EncodedExamples>, ModelChange> {
  private static final long serialVersionUID = 1L;

  private final RoundPlan plan;
  private final int round;
  private final int from;
  private final int to;

  HandOver(RoundPlan plan, int round, int from, int to) {
    this.plan = plan;
    this.round = round;
    this.from = from;
    this.to = to;
  }

  @Override
  public Iterator<ModelChange> call(Iterator<EncodedExamples> parts) {
    int worker = TaskContext.getPartitionId();
    Replicas.Replica replica = Replicas.find(plan.run(), worker, round + 1);
    if (replica == null) {
      throw new ReplicaLostException(worker, round + 1);
    }
    int end = plan.inOnePiece(replica.model) ? from : to;
    return List.of(ModelChange.touched(replica.model, from, end)).iterator();
  }
}
