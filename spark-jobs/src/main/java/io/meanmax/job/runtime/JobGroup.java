package io.meanmax.job.runtime;

import io.meanmax.config.Secrets;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A stage while it works, as others see it: the description of its jobs in Spark's UI, its name in
 * the log, and how long it took in {@link StageMetrics}.
 */
public final class JobGroup implements AutoCloseable {
  private final SparkContext context;
  private final String stage;
  private final LogContext log;
  private final StageMetrics metrics;
  private final long started = System.nanoTime();

  /** Begins a stage. */
  public JobGroup(SparkSession spark, String stage, String description) {
    this.context = spark.sparkContext();
    this.stage = stage;
    this.log = LogContext.stage(context, stage);
    this.metrics = StageMetrics.of(stage);
    metrics.set(StageMetrics.Gauge.RUNNING, 1);
    context.setJobGroup("meanmax-" + stage, describe(description), false);
  }

  private String describe(String description) {
    return stage + ": " + Secrets.hide(description);
  }

  /** Says what the stage does now. */
  public void now(String description) {
    context.setJobDescription(describe(description));
  }

  @Override
  public void close() {
    metrics.set(StageMetrics.Gauge.SECONDS, (System.nanoTime() - started) / 1e9);
    metrics.set(StageMetrics.Gauge.RUNNING, 0);
    context.clearJobGroup();
    log.close();
  }
}
