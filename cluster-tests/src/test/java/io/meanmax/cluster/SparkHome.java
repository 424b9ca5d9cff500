package io.meanmax.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder laid out as a Spark installation, with the jars of the build.
 *
 * @param folder what {@code SPARK_HOME} would name
 */
record SparkHome(Path folder) {

  /** Lays it out, if it is not there yet. */
  static SparkHome in(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.createSymbolicLink(folder.resolve("jars"), Built.sparkJars());
    } catch (FileAlreadyExistsException e) {
      // Laid out before.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SparkHome(folder);
  }

  /** A JVM of one of Spark's main classes, or of ours. */
  JavaProcess.Builder jvm(String name, String mainClass) {
    return JavaProcess.of(name, mainClass)
        .classPath(folder.resolve("jars") + "/*")
        .environment("SPARK_HOME", folder.toString())
        // Spark looks for its own build otherwise.
        .environment("SPARK_SCALA_VERSION", "2.12");
  }

  /**
   * spark-submit in client mode with the settings that we ship. It tells its progress as a local
   * run does.
   */
  JavaProcess.Builder submit(String name, String master) {
    return jvm(name, "org.apache.spark.deploy.SparkSubmit")
        .options(
            "--add-modules=jdk.incubator.vector",
            "-Dlog4j2.configurationFile=" + Built.ROOT.resolve("conf/log4j2.properties"))
        .arguments("--master", master, "--class", "io.meanmax.job.cli.Main")
        .arguments("--conf", "spark.driver.host=127.0.0.1")
        .arguments("--conf", "spark.driver.bindAddress=127.0.0.1")
        .arguments("--conf", "spark.ui.enabled=false")
        .arguments(
            "--properties-file", Built.ROOT.resolve("conf/spark/spark-defaults.conf").toString());
  }

  /** A command of ours on {@code local[2]}, started by spark-submit with the application jar. */
  JavaProcess.Builder local(String name, String... command) {
    return submit(name, "local[2]").arguments(Built.applicationJar().toString()).arguments(command);
  }
}
