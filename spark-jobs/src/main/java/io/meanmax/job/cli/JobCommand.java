package io.meanmax.job.cli;

import io.meanmax.config.Settings;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.Sessions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that runs a job: settings are read and checked first, then the session is opened. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
abstract class JobCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--config", paramLabel = "FILE", description = "Settings in HOCON.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, over those of --config; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark master; without one, spark-submit's, else local[*].")
  private String master;

  /** What is left to do once all settings have been found good. */
  interface Work {
    void run(SparkSession spark, PrintWriter out);
  }

  /** The settings with this command's own options, which rank above {@code --set}. */
  abstract Settings apply(Settings settings);

  /**
   * Reads the settings that the job needs.
   *
   * @throws io.meanmax.config.ConfigurationException if one is not good
   */
  abstract Work prepare(Settings settings);

  @Override
  public final Integer call() {
    Settings settings = apply(Settings.read(config, overrides));
    Work work = prepare(settings);
    PrintWriter out = spec.commandLine().getOut();
    try (SparkSession spark = Sessions.open(spec.name(), settings, master)) {
      work.run(spark, out);
    } catch (FSError e) {
      // What Hadoop's local file system throws where a disk is full: nothing is wrong with the JVM.
      throw new JobException("Cannot write: " + e.getMessage(), e);
    }
    out.flush();
    return 0;
  }

  /** Settings with one more, where the option was given. */
  static Settings with(Settings settings, String key, Object value) {
    return value == null ? settings : settings.with(key, value);
  }
}
