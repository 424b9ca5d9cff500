package io.meanmax.job.runtime;

import org.apache.spark.SparkContext;
import org.slf4j.MDC;

/**
 * What log lines are told apart by: {@code mdc.run}, Spark's id of the application, and {@code
 * mdc.stage}. They hold for the thread that works on the driver, and Spark takes them along into
 * each task; its own threads on the driver have none.
 */
final class LogContext implements AutoCloseable {
  private static final String RUN = "mdc.run";
  private static final String STAGE = "mdc.stage";
  private static final String LAST_STAGE = "mdc.lastStage";

  private final SparkContext context;

  private LogContext(SparkContext context) {
    this.context = context;
  }

  /** Names the run, until its session ends. */
  static void run(SparkContext context) {
    put(context, RUN, context.applicationId());
    MDC.remove(LAST_STAGE);
  }

  /** Names a stage, until it is closed. */
  static LogContext stage(SparkContext context, String stage) {
    put(context, STAGE, stage);
    return new LogContext(context);
  }

  /** The stage that works now; "none" outside of any. */
  static String stage(SparkContext context) {
    String stage = context.getLocalProperty(STAGE);
    return stage == null ? "none" : stage;
  }

  /** Logs as the stage that was at work last, if one was. */
  static void inLastStage(Runnable logging) {
    MDC.put(STAGE, MDC.get(LAST_STAGE));
    logging.run();
    MDC.remove(STAGE);
  }

  private static void put(SparkContext context, String key, String value) {
    context.setLocalProperty(key, value);
    MDC.put(key, value);
  }

  @Override
  public void close() {
    context.setLocalProperty(STAGE, null);
    MDC.put(LAST_STAGE, MDC.get(STAGE));
    MDC.remove(STAGE);
  }
}
