package io.meanmax.job.runtime;

import com.codahale.metrics.DefaultSettableGauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.SettableGauge;
import java.util.Locale;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.metrics.source.Source;

/**
 * The figures of a stage in Spark's metrics system, from where its sinks carry them: the source
 * {@value #SOURCE} of the driver, names {@code <stage>.<figure>}. They are there once they are
 * known, and stay to the end of the session. Thread-safe.
 */
public final class StageMetrics {
  static final String SOURCE = "meanmax";

  private static final Object REGISTERING = new Object();

  private final MetricRegistry registry;
  private final String stage;

  private StageMetrics(MetricRegistry registry, String stage) {
    this.registry = registry;
    this.stage = stage;
  }

  /** What only grows. */
  public enum Counter {
    /** Rows of the input, usable or not. */
    ROWS_READ,
    /** Rows that could not be used. */
    ROWS_REJECTED,
    /** Examples trained on, over all epochs; rounds that were done again count once. */
    EXAMPLES,
    /** Words trained on, over all epochs. */
    WORDS,
    /** Rounds of training, after each of which the workers are averaged. */
    ROUNDS,
    /** Rounds that were done again, because a worker was lost. */
    ROUNDS_REPEATED
  }

  /** What stands at a value; figures of a round or an epoch are those of the last one. */
  public enum Gauge {
    /** 1 while the stage works, 0 after. */
    RUNNING,
    /** How long the stage took. */
    SECONDS,
    /** Epochs that are done. */
    EPOCH,
    /** Weighted mean loss of an epoch. */
    LOSS,
    /** Accuracy on the validation part, 0 to 1. */
    VALIDATION_ACCURACY,
    /** Words trained on in an epoch by its time, averaging included; of all workers. */
    WORDS_PER_SECOND,
    /** Time of a round in which not even its slowest worker trained: sending, waiting, merging. */
    AVERAGING_SECONDS,
    /** What all workers of a round sent to the driver, in bytes before compression. */
    AVERAGING_BYTES_RECEIVED,
    /** What the driver sends to each worker after a round, in bytes before compression. */
    AVERAGING_BYTES_SENT
  }

  /** The figures of a stage in the session that is open. */
  public static StageMetrics of(String stage) {
    return new StageMetrics(registry(), stage);
  }

  /** The figures of the stage that works now. */
  public static StageMetrics current(SparkContext context) {
    return of(LogContext.stage(context));
  }

  private static MetricRegistry registry() {
    SparkEnv env = SparkEnv.get();
    if (env == null) {
      return new MetricRegistry();
    }
    MetricsSystem metrics = env.metricsSystem();
    synchronized (REGISTERING) {
      if (metrics.getSourcesByName(SOURCE).isEmpty()) {
        metrics.registerSource(new Figures(new MetricRegistry()));
      }
      return metrics.getSourcesByName(SOURCE).head().metricRegistry();
    }
  }

  /** Adds to a counter. */
  public void add(Counter counter, long more) {
    registry.counter(name(counter)).inc(more);
  }

  /** Sets a gauge. */
  public void set(Gauge gauge, double value) {
    set(name(gauge), value);
  }

  /** Shows the counts of a stage's result as {@code <stage>.counts.<name>}. */
  static void show(StageRecord result) {
    StageMetrics metrics = of(result.stage());
    result
        .counts()
        .forEach((name, count) -> metrics.set(result.stage() + ".counts." + name, count));
  }

  private void set(String name, double value) {
    SettableGauge<Double> gauge = registry.gauge(name, () -> new DefaultSettableGauge<>(0.0));
    gauge.setValue(value);
  }

  private String name(Enum<?> figure) {
    return stage + "." + figure.name().toLowerCase(Locale.ROOT);
  }

  /** What Spark's metrics system takes: a name and a registry. */
  private record Figures(MetricRegistry metricRegistry) implements Source {
    @Override
    public String sourceName() {
      return SOURCE;
    }
  }
}
