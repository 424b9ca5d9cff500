package io.meanmax.cluster;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.deploy.yarn.YarnClusterApplication;

/** What a Spark installation has on its class path beyond {@link Built#sparkJars}. */
final class ClassPath {
  private ClassPath() {}

  /** Spark's module for YARN; Hadoop's own jars have the rest. */
  static Path sparkYarn() {
    try {
      return Path.of(
          YarnClusterApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Spark with its module for Kubernetes, as in {@code /opt/spark/jars} of its image: the jars that
   * this test has of them, and none of ours.
   */
  static String spark() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String kubernetes =
        Arrays.stream(all.split(File.pathSeparator))
            .filter(ClassPath::isOfKubernetes)
            .collect(Collectors.joining(File.pathSeparator));
    return Built.sparkJars() + "/*" + File.pathSeparator + kubernetes;
  }

  private static boolean isOfKubernetes(String entry) {
    String name = Path.of(entry).getFileName().toString();
    return name.matches(
        "(spark-kubernetes|kubernetes-|zjsonpatch|okhttp|okio|logging-interceptor|snakeyaml"
            + "|jackson-dataformat-yaml|jackson-datatype-jsr310).*[.]jar");
  }
}
