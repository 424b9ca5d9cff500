package io.meanmax.job.train.sparse;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.job.train.DivergedException;
import io.meanmax.job.train.EpochOrder;
import io.meanmax.sparse.ModelChange;
import io.meanmax.sparse.NonFiniteLossException;
import io.meanmax.sparse.Span;
import io.meanmax.sparse.SparseModel;
import io.meanmax.sparse.SparseTrainer;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/** One worker's part of one round. */
final class TrainRound implements FlatMapFunction<Iterator<EncodedExamples>, RoundResult> {
  private static final long serialVersionUID = 1L;

  private final RoundPlan plan;
  private final int round;
  private final SharedChange merged;
  private final SharedChange everything;
  private final HashSet<String> openRuns;

  /**
   * A round.
   *
   * @param round its number from 0, over all epochs
   * @param merged the rows that the last round changed, or null where replicas have them already
   * @param everything the whole model, for workers that have lost theirs, or null
   */
  TrainRound(RoundPlan plan, int round, SharedChange merged, SharedChange everything) {
    this.plan = plan;
    this.round = round;
    this.merged = merged;
    this.everything = everything;
    this.openRuns = new HashSet<>(Replicas.openRuns());
  }

  /** The round of the only worker, which has its model at hand and hands nothing over. */
  RoundResult alone(EncodedExamples examples, SparseModel model) {
    return train(0, examples, model);
  }

  @Override
  public Iterator<RoundResult> call(Iterator<EncodedExamples> parts) {
    int worker = TaskContext.getPartitionId();
    EncodedExamples examples = parts.next();
    Replicas.Replica replica = replica(worker);
    replica.begin();
    RoundResult result = handOver(train(worker, examples, replica.model), replica.model);
    replica.finish(round + 1);
    return List.of(result).iterator();
  }

  private RoundResult handOver(RoundResult result, SparseModel model) {
    boolean whole = plan.inOnePiece(model);
    int end = whole ? plan.spec().vocabularySize() : plan.pieceEnd(0);
    return result.withChange(ModelChange.touched(model, 0, end), whole);
  }

  /** The model as it stood after the last round, merged. */
  private Replicas.Replica replica(int worker) {
    Replicas.dropAllBut(openRuns);
    if (everything != null) {
      SparseModel model = SparseModel.zeros(plan.spec(), plan.optimizer());
      everything.applyTo(model);
      return Replicas.keep(plan.run(), worker, model, round);
    }
    Replicas.Replica replica = Replicas.find(plan.run(), worker, round);
    if (replica == null && round == 0) {
      SparseModel initial = SparseModel.initial(plan.spec(), plan.seed(), plan.optimizer());
      return Replicas.keep(plan.run(), worker, initial, round);
    }
    if (replica == null) {
      throw new ReplicaLostException(worker, round);
    }
    if (merged != null) {
      replica.begin();
      merged.applyTo(replica.model);
    }
    return replica;
  }

  private RoundResult train(int worker, EncodedExamples examples, SparseModel model) {
    Rounds rounds = plan.rounds();
    int epoch = rounds.epochOf(round);
    int part = rounds.partOf(round);
    int[] order = EpochOrder.of(examples.size(), plan.seed(), epoch, worker);
    int from = rounds.placeOf(epoch, part, order.length);
    int to = rounds.placeOf(epoch, part + 1, order.length);
    Span span =
        new Span(
            from,
            to,
            rounds.epochsBefore(round) / plan.epochs(),
            rounds.epochsBefore(round + 1) / plan.epochs());
    double loss;
    long started = System.nanoTime();
    model.forgetTouched();
    try (SparseTrainer trainer = new SparseTrainer(model, plan.threads())) {
      loss = trainer.train(examples, order, span, plan.schedule());
    } catch (NonFiniteLossException e) {
      throw new DivergedException("worker " + worker + ": " + e.getMessage());
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    double weight = 0;
    for (int place = from; place < to; place++) {
      weight += examples.weight(order[place]);
    }
    return new RoundResult(worker, to - from, weight, loss, seconds, null, true);
  }
}
