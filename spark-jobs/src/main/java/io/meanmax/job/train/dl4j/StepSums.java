package io.meanmax.job.train.dl4j;

import java.io.Serializable;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * Sums over the steps of a round, kept for each worker by itself: a worker that Spark runs again
 * takes the place of its first run, where plain accumulators would count its steps twice.
 */
final class StepSums extends AccumulatorV2<StepSums.Step, StepSums.Sums> {
  private static final long serialVersionUID = 1L;

  /** In one order, for sums of doubles; an executor's heartbeat reads it while its task adds. */
  private final ConcurrentSkipListMap<Integer, Sums> workers = new ConcurrentSkipListMap<>();

  /** A step of a worker. */
  record Step(int worker, Sums sums) {}

  /**
   * What steps come to.
   *
   * @param loss sum of the examples' weighted losses
   * @param weight sum of the examples' weights
   * @param examples that were trained on
   */
  record Sums(double loss, double weight, long examples) implements Serializable {
    static final Sums NONE = new Sums(0, 0, 0);

    Sums plus(Sums more) {
      return new Sums(loss + more.loss, weight + more.weight, examples + more.examples);
    }
  }

  @Override
  public boolean isZero() {
    return workers.isEmpty();
  }

  @Override
  public StepSums copy() {
    StepSums copy = new StepSums();
    copy.workers.putAll(workers);
    return copy;
  }

  @Override
  public void reset() {
    workers.clear();
  }

  @Override
  public void add(Step step) {
    workers.merge(step.worker(), step.sums(), Sums::plus);
  }

  @Override
  public void merge(AccumulatorV2<Step, Sums> other) {
    workers.putAll(((StepSums) other).workers);
  }

  @Override
  public Sums value() {
    return workers.values().stream().reduce(Sums.NONE, Sums::plus);
  }
}
