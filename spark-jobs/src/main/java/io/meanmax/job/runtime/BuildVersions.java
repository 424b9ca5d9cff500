package io.meanmax.job.runtime;

import io.meanmax.bundle.Software;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;

/** The versions of this build, which the build writes into {@code build.properties}. */
public final class BuildVersions {
  private static final String FILE = "/io/meanmax/job/build.properties";
  private static final Properties BUILD = load();

  private BuildVersions() {}

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in = BuildVersions.class.getResourceAsStream(FILE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  /** MeanMax's version. */
  public static String meanmax() {
    return BUILD.getProperty("version", "unknown");
  }

  /** What a model was made with. */
  public static Software software(SparkSession spark) {
    return new Software(
        BUILD.getProperty("revision", "unknown"),
        meanmax(),
        System.getProperty("java.version"),
        spark.version(),
        BUILD.getProperty("dl4j", "unknown"));
  }
}
