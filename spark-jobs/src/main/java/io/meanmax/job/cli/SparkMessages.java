package io.meanmax.job.cli;

import io.meanmax.config.ConfigurationException;
import io.meanmax.config.Secrets;
import io.meanmax.job.runtime.Causes;
import io.meanmax.job.runtime.JobException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Spark's and Hadoop's failures mean to a user, where the user can do something about them.
 */
final class SparkMessages {
  /** Of a file that breaks off, or is none of its format. */
  private static final Pattern UNREADABLE =
      Pattern.compile(
          "(?:Encountered error while reading file (\\S+)\\. |(\\S+) is not a Parquet file)");

  /** Of a file that was there when the work began. */
  private static final Pattern GONE =
      Pattern.compile("File (\\S+) does not exist\\s+It is possible the underlying files");

  /** Of a task that failed while it wrote, for whatever reason. */
  private static final Pattern WRITING =
      Pattern.compile("Task failed while writing rows to (\\S+?)\\.?(?:\\s|$)");

  /** Of a file system that takes no more. */
  private static final Pattern FULL =
      Pattern.compile("No space left on device|[Qq]uota (?:of .* is )?exceeded");

  /** Of a setting that is none. */
  private static final Pattern SETTING = Pattern.compile("(spark\\.\\S+) should be .*, but was ");

  /** Of a heap too small for Spark. */
  private static final Pattern MEMORY =
      Pattern.compile("must be at least (\\d+)\\. Please increase");

  private static final String SHUT_DOWN = "SparkContext was shut down";

  private SparkMessages() {}

  /** What a failure means, if it is one of those that are known; its own cause is not looked at. */
  static Optional<RuntimeException> explain(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher broken = UNREADABLE.matcher(message);
    if (broken.lookingAt()) {
      String file = broken.group(1) != null ? broken.group(1) : broken.group(2);
      return job("Cannot read " + file + ": " + rootOf(failure), failure);
    }
    Matcher gone = GONE.matcher(message);
    if (gone.lookingAt()) {
      return job(
          ("%s is gone since the work began. If another run replaced it: give runs that work at"
                  + " once an --output each")
              .formatted(gone.group(1)),
          failure);
    }
    Matcher writing = WRITING.matcher(message);
    if (writing.find() && FULL.matcher(rootOf(failure)).find()) {
      return job("Cannot write to " + writing.group(1) + ": " + rootOf(failure), failure);
    }
    Matcher memory = MEMORY.matcher(message);
    if (memory.find()) {
      return job(
          ("Spark needs a heap of at least %d MiB. Give it more: MEANMAX_MEMORY for a local run,"
                  + " else spark.driver.memory and spark.executor.memory")
              .formatted(Long.parseLong(memory.group(1)) >> 20),
          failure);
    }
    if (SETTING.matcher(message).lookingAt()) {
      return Optional.of(new ConfigurationException(Causes.message(failure), failure));
    }
    if (message.contains(SHUT_DOWN)) {
      return job("Stopped, for Spark was shut down from outside, as SIGTERM does", failure);
    }
    return Optional.empty();
  }

  private static Optional<RuntimeException> job(String message, Throwable cause) {
    return Optional.of(new JobException(message, cause));
  }

  private static String rootOf(Throwable failure) {
    return Secrets.hide(Causes.message(Causes.root(failure)));
  }
}
