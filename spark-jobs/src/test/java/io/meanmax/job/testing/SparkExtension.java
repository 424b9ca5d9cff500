package io.meanmax.job.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@code local[2]} session, one for the JVM. A command that a test runs closes it, as
 * it closes any session; whoever asks next gets a new one. Warehouse and metastore lie in a
 * temporary folder and in memory.
 */
public final class SparkExtension implements ParameterResolver {
  private static final Path FOLDER = folder();
  private static SparkSession session;

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("meanmax-spark");
      System.setProperty("derby.system.home", folder.toString());
      // Also for sessions that commands open: making the metastore's tables takes seconds.
      System.setProperty(
          "spark.hadoop.javax.jdo.option.ConnectionURL",
          "jdbc:derby:memory:" + UUID.randomUUID() + ";create=true");
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public SparkSession resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return session();
  }

  /** The session, opened if there is none or the last one was closed. */
  public static synchronized SparkSession session() {
    if (session == null || session.sparkContext().isStopped()) {
      session = open();
    }
    return session;
  }

  private static SparkSession open() {
    return SparkSession.builder()
        .appName("tests")
        .master("local[2]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "3")
        .config("spark.default.parallelism", "2")
        .config("spark.sql.warehouse.dir", FOLDER.resolve("warehouse").toUri().toString())
        .enableHiveSupport()
        .getOrCreate();
  }
}
