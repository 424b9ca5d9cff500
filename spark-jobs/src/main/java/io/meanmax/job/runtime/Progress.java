package io.meanmax.job.runtime;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lines that tell the user how far a run is: on standard error, through the log. */
public final class Progress {
  private static final Logger log = LoggerFactory.getLogger("meanmax");
  private static final Logger failures = LoggerFactory.getLogger("meanmax.failure");

  private Progress() {}

  /** Tells a line. */
  public static void say(String line) {
    log.info(line);
  }

  /**
   * Tells the log why the command fails, as a line of the stage that was at work last. The user has
   * the message from elsewhere, so conf/log4j2.properties leaves these lines out.
   */
  public static void failed(String message) {
    LogContext.inLastStage(() -> failures.error(message));
  }

  /** A length of time as people write it: 45s, 3m05s, 2h10m. */
  public static String duration(Duration time) {
    if (time.toHours() > 0) {
      return "%dh%02dm".formatted(time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? "%dm%02ds".formatted(time.toMinutes(), time.toSecondsPart())
        : time.toSeconds() + "s";
  }
}
