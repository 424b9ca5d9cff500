package io.meanmax.cluster;

import java.nio.file.Path;

/**
 * The command line in a JVM of its own: the application jar and Spark's jars, as users have them.
 */
final class Meanmax {
  private static final String MAIN = "io.meanmax.job.cli.Main";

  private Meanmax() {}

  /**
   * A command to be started.
   *
   * @param name of its log
   * @param conf a folder for the class path, as HADOOP_CONF_DIR is on spark-submit's
   * @param arguments the command's name and its arguments
   */
  static JavaProcess.Builder command(String name, Path conf, String... arguments) {
    return JavaProcess.of(name, MAIN)
        .classPath(conf, Built.applicationJar(), Built.sparkJars() + "/*")
        .options("-Xmx1g", "--add-modules", "jdk.incubator.vector")
        .options(
            "-Dlog4j2.configurationFile=" + Built.ROOT.resolve("conf/log4j2.properties").toUri())
        .arguments(arguments);
  }
}
