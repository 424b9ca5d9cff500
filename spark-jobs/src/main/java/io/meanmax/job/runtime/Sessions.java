package io.meanmax.job.runtime;

import io.meanmax.config.Secrets;
import io.meanmax.config.Settings;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the Spark session of a run. */
public final class Sessions {
  private static final Logger log = LoggerFactory.getLogger(Sessions.class);
  private static final String MASTER = "spark.master";

  /** A cluster's administrator may have set them for every job. */
  private static final List<String> LOSE_FILES =
      List.of(
          "spark.sql.files.ignoreCorruptFiles",
          "spark.sql.files.ignoreMissingFiles",
          "spark.files.ignoreCorruptFiles",
          "spark.files.ignoreMissingFiles");

  private Sessions() {}

  /**
   * A session: what spark-submit set, then the configuration's {@code spark.*}, then the given
   * master. Without any master it is {@code local[*]}.
   *
   * @param master a Spark master, or null
   */
  public static SparkSession open(String name, Settings settings, String master) {
    SparkConf conf = new SparkConf().setAppName("meanmax " + name);
    settings.sparkSettings().forEach(conf::set);
    if (master != null) {
      conf.setMaster(master);
    }
    conf.setIfMissing(MASTER, "local[*]");
    // Spark's own rule does not know an account key, say; this is for its UI, event log and
    // messages.
    conf.setIfMissing("spark.redaction.regex", "(?i)token|" + Secrets.NAMES);
    if (conf.get(MASTER).startsWith("local")) {
      localDefaults().forEach(conf::setIfMissing);
    }
    SparkSession.Builder builder = SparkSession.builder().config(conf);
    if (settings.readsOrWritesTables()) {
      builder.enableHiveSupport();
    }
    try {
      return usable(builder.getOrCreate());
    } catch (Exception e) {
      // Thrown without being declared to Java: a master that is none, say.
      if (e instanceof SparkException) {
        throw new JobException(
            "Cannot open a Spark session on " + conf.get(MASTER) + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }

  /** Spark looks at some of its settings only when the session is first used. */
  private static SparkSession usable(SparkSession spark) {
    try {
      LogContext.run(spark.sparkContext());
      warnOfLostFiles(spark);
      return spark;
    } catch (RuntimeException e) {
      spark.stop();
      throw e;
    }
  }

  private static void warnOfLostFiles(SparkSession spark) {
    for (String key : LOSE_FILES) {
      if (Boolean.parseBoolean(spark.conf().get(key, "false"))) {
        log.warn(
            "{} is true: rows of files that are damaged or gone are left out and counted nowhere;"
                + " set it to false unless that is meant",
            key);
      }
    }
  }

  /** In one JVM: no look-up of the host's name, no 200 tasks for a shuffle of a few rows. */
  private static Map<String, String> localDefaults() {
    int cores = Runtime.getRuntime().availableProcessors();
    return Map.of(
        "spark.driver.host", "127.0.0.1",
        "spark.driver.bindAddress", "127.0.0.1",
        "spark.ui.enabled", "false",
        "spark.ui.showConsoleProgress", "false",
        "spark.sql.shuffle.partitions", Integer.toString(2 * cores));
  }
}
