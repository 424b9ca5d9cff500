package io.meanmax.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Spark's standalone cluster: a master and workers, each a JVM of its own that starts executors in
 * further ones.
 */
final class StandaloneCluster implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private final SparkHome home;
  private final Path folder;
  private final String master;
  private final List<JavaProcess> processes = new ArrayList<>();

  private StandaloneCluster(Path folder) {
    this.folder = folder;
    this.home = SparkHome.in(folder.resolve("spark-home"));
    int port = FreePort.next();
    this.master = "spark://127.0.0.1:" + port;
    JavaProcess started =
        home.jvm("master", "org.apache.spark.deploy.master.Master")
            .options("-Xmx256m")
            .arguments("--host", "127.0.0.1", "--port", Integer.toString(port))
            .arguments("--webui-port", Integer.toString(FreePort.next()))
            .start(logs());
    processes.add(started);
    started.awaitLog("New state: ALIVE", PATIENCE);
  }

  /** A cluster without workers. */
  static StandaloneCluster start(Path folder) {
    return new StandaloneCluster(folder);
  }

  /** Starts a worker and waits until the master knows it. */
  StandaloneCluster worker(int cores, String... options) {
    return worker(cores, Map.of(), options);
  }

  /**
   * Starts a worker and waits until the master knows it.
   *
   * @param environment of it and of its executors
   * @param options of its JVM
   */
  StandaloneCluster worker(int cores, Map<String, String> environment, String... options) {
    int number = workers().size();
    JavaProcess.Builder worker =
        home.jvm("worker-" + number, "org.apache.spark.deploy.worker.Worker")
            .options("-Xmx256m")
            .options(options)
            .arguments("--host", "127.0.0.1", "--memory", "1g")
            .arguments("--cores", Integer.toString(cores))
            .arguments("--webui-port", Integer.toString(FreePort.next()))
            .arguments("--work-dir", work(number).toString(), master);
    environment.forEach(worker::environment);
    JavaProcess started = worker.start(logs());
    processes.add(started);
    started.awaitLog("Successfully registered with master", PATIENCE);
    return this;
  }

  private List<JavaProcess> workers() {
    return processes.subList(1, processes.size());
  }

  /** All that a worker's executors of all applications wrote to their logs. */
  String executorLogs(int worker) {
    try (Stream<Path> files = Files.walk(work(worker))) {
      StringBuilder logs = new StringBuilder();
      for (Path file : files.filter(path -> path.endsWith("stderr")).sorted().toList()) {
        logs.append(Files.readString(file));
      }
      return logs.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a worker's executors write what they say: {@code <application>/<executor>/stderr}. */
  private Path work(int worker) {
    return folder.resolve("work-" + worker);
  }

  /** The executors that live at this moment. */
  List<ProcessHandle> executors() {
    return workers().stream()
        .map(worker -> ProcessHandle.of(worker.pid()).orElseThrow())
        .flatMap(ProcessHandle::children)
        .toList();
  }

  /**
   * A command of ours on the cluster, one executor a worker, all of them there before it begins.
   *
   * @param options {@code --conf} settings of Spark, {@code key=value}
   */
  JavaProcess.Builder submit(String name, List<String> options, String... command) {
    JavaProcess.Builder submit =
        home.submit(name, master)
            .arguments("--conf", "spark.executor.memory=512m")
            .arguments("--conf", "spark.scheduler.maxRegisteredResourcesWaitingTime=120s")
            .arguments("--conf", "spark.sql.shuffle.partitions=2");
    options.forEach(option -> submit.arguments("--conf", option));
    return submit.arguments(Built.applicationJar().toString()).arguments(command);
  }

  /** The log files of all JVMs that were started here. */
  Path logs() {
    return folder.resolve("logs");
  }

  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).close();
    }
  }
}
