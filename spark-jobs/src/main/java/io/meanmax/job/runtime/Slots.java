package io.meanmax.job.runtime;

import org.apache.spark.SparkContext;

/**
 * How many tasks Spark runs at once. {@link SparkContext#defaultParallelism} is that only as long
 * as nobody sets {@code spark.default.parallelism}, which says how many partitions shuffles make.
 */
public final class Slots {
  private Slots() {}

  /**
   * Tasks that the executors that are there now run at once, in a local session tasks of this JVM.
   *
   * @return at least 1
   */
  public static int of(SparkContext context) {
    // Spark's own schedulers ask the same, which knows a local master's cores too.
    return Math.max(
        1,
        context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile()));
  }

  /** Cores that a task has to itself. */
  public static int coresOfTask(SparkContext context) {
    return context.getConf().getInt("spark.task.cpus", 1);
  }
}
