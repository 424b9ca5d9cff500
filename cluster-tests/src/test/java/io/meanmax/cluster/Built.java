package io.meanmax.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the build made, and what this build runs it with. */
final class Built {
  /** The checkout. */
  static final Path ROOT = Path.of(required("meanmax.root")).toAbsolutePath().normalize();

  private Built() {}

  /** The jar that spark-submit is given. */
  static Path applicationJar() {
    return existing(
        ROOT.resolve(
            "spark-jobs/target/meanmax-spark-jobs-" + required("meanmax.version") + "-all.jar"));
  }

  /** What a Spark installation has in its {@code jars} folder. */
  static Path sparkJars() {
    return existing(ROOT.resolve("spark-jobs/target/runtime/spark"));
  }

  /** What Spark on JDK 17 needs of a JVM that spark-submit did not start. */
  static List<String> opens() {
    return List.of(required("meanmax.opens").split(" "));
  }

  /** The java of this JVM. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The files of a folder that end so, in the order of their names. */
  static List<Path> files(Path folder, String suffix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path existing(Path path) {
    if (!Files.exists(path)) {
      throw new IllegalStateException(path + " is missing: run mvn -DskipTests package");
    }
    return path;
  }

  private static String required(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new IllegalStateException("Run by Maven's failsafe plugin, which sets " + property);
    }
    return value;
  }
}
