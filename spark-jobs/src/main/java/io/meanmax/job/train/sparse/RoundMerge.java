package io.meanmax.job.train.sparse;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.sparse.ModelChange;
import io.meanmax.sparse.ModelMerge;
import io.meanmax.sparse.SparseModel;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * Fetches and merges what workers changed in a round. Where one touched more rows than travel
 * together, a range of rows after another is fetched, each by a stage of its own, so that neither
 * executor nor driver holds a copy of all that changed for each time it is written down on its way.
 */
final class RoundMerge {
  private final RoundPlan plan;
  private final JavaRDD<EncodedExamples> workers;
  private final SparseModel model;
  private final ModelMerge.Rule rule;
  private long received;

  /**
   * Merges into a model, which is left as it is.
   *
   * @param model as all workers had it before the round
   */
  RoundMerge(
      RoundPlan plan, JavaRDD<EncodedExamples> workers, SparseModel model, ModelMerge.Rule rule) {
    this.plan = plan;
    this.workers = workers;
    this.model = model;
    this.rule = rule;
  }

  /**
   * What all workers' changes come to, in pieces of different rows; empty if none has trained.
   *
   * @param results of all workers, in their order
   */
  List<ModelChange> merged(int round, List<RoundResult> results) {
    received = results.stream().mapToLong(result -> result.change().bytes()).sum();
    List<RoundResult> trained = results.stream().filter(r -> r.weight() > 0).toList();
    List<ModelChange> pieces = new ArrayList<>();
    if (trained.isEmpty()) {
      return pieces;
    }
    double[] weights = trained.stream().mapToDouble(RoundResult::weight).toArray();
    int rows = plan.spec().vocabularySize();
    boolean whole = trained.stream().allMatch(RoundResult::whole);
    int to;
    for (int from = 0; from < rows; from = to) {
      to = whole ? rows : plan.pieceEnd(from);
      List<ModelChange> changes =
          from == 0
              ? trained.stream().map(RoundResult::change).toList()
              : handedOver(round, trained, from, to);
      pieces.add(ModelMerge.merged(model, changes, weights, rule, from, to));
    }
    return pieces;
  }

  private List<ModelChange> handedOver(int round, List<RoundResult> trained, int from, int to) {
    List<ModelChange> handed = workers.mapPartitions(new HandOver(plan, round, from, to)).collect();
    received += handed.stream().mapToLong(ModelChange::bytes).sum();
    return trained.stream()
        .map(result -> result.whole() ? result.change() : handed.get(result.worker()))
        .toList();
  }

  /** Bytes that came from all workers for the last merge. */
  long received() {
    return received;
  }
}
