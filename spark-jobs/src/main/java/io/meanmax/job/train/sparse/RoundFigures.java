package io.meanmax.job.train.sparse;

import io.meanmax.job.runtime.StageMetrics;
import io.meanmax.job.runtime.StageMetrics.Counter;
import io.meanmax.job.runtime.StageMetrics.Gauge;
import io.meanmax.job.train.TrainJob;
import java.util.List;

/** What a round cost, for Spark's metrics system. */
final class RoundFigures {
  private RoundFigures() {}

  /**
   * Shows a round that is done.
   *
   * @param received bytes of changes of all workers
   * @param merged what is sent to each worker, or null where there is nothing to send
   * @param seconds from the round's beginning to the merged model
   */
  static void show(List<RoundResult> results, long received, SharedChange merged, double seconds) {
    double slowest = results.stream().mapToDouble(RoundResult::seconds).max().orElse(0);
    StageMetrics metrics = StageMetrics.of(TrainJob.STAGE);
    metrics.add(Counter.ROUNDS, 1);
    metrics.set(Gauge.AVERAGING_SECONDS, seconds - slowest);
    metrics.set(Gauge.AVERAGING_BYTES_RECEIVED, (double) received);
    metrics.set(Gauge.AVERAGING_BYTES_SENT, merged == null ? 0 : (double) merged.bytes());
  }

  /** Shows that a round failed and is done again. */
  static void repeated() {
    StageMetrics.of(TrainJob.STAGE).add(Counter.ROUNDS_REPEATED, 1);
  }
}
