package io.meanmax.job.runtime;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/**
 * Sums and counts taken while a dataset is gone through for the first time; a task that Spark
 * repeats counts once, unless a shuffle follows: tasks before one count each time they run. So what
 * is watched is written or collected as it comes.
 */
public final class StageCounts {
  private final Observation observation = new Observation();

  /** The dataset, watched: {@code aggregates} are named expressions over its rows. */
  public Dataset<Row> watch(Dataset<Row> rows, Column first, Column... more) {
    return rows.observe(observation, first, more);
  }

  /** A figure by its name, after the first action; 0 where there was no row. */
  public long count(String name) {
    try {
      Map<String, Object> seen = observation.getAsJava();
      Object value = seen.get(name);
      return value == null ? 0 : ((Number) value).longValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobException("Interrupted", e);
    }
  }
}
