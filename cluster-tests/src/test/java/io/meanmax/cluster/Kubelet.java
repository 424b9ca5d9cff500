package io.meanmax.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A stand-in for a node: starts a JVM for each executor pod, as the entry point of Spark's image
 * does, and tells the API server what becomes of it.
 */
final class Kubelet implements AutoCloseable {
  private static final long POLL_MILLIS = 300;
  private static final String BACKEND =
      "org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend";

  private final KubernetesApi api;
  private final String sparkClassPath;
  private final Path logs;
  private final Map<String, JavaProcess> running = new ConcurrentHashMap<>();
  private final Thread loop = new Thread(this::run, "kubelet");

  /**
   * A node.
   *
   * @param sparkClassPath what lies in {@code /opt/spark/jars} of its image
   */
  Kubelet(KubernetesApi api, String sparkClassPath, Path logs) {
    this.api = api;
    this.sparkClassPath = sparkClassPath;
    this.logs = logs;
    loop.start();
  }

  /** Kills the executor that was started first, and gives its pod's name. */
  String killFirst() {
    String first =
        running.entrySet().stream()
            .filter(pod -> pod.getValue().isAlive())
            .map(Map.Entry::getKey)
            .sorted()
            .findFirst()
            .orElseThrow();
    running.get(first).kill();
    return first;
  }

  /** How many executors it has started so far. */
  int started() {
    return running.size();
  }

  private void run() {
    try {
      while (true) {
        look();
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    for (Pod pod : api.pods("executor")) {
      String name = pod.getMetadata().getName();
      JavaProcess process = running.get(name);
      if (process == null) {
        running.put(name, start(pod));
        api.running(pod);
      } else if (!process.isAlive() && "Running".equals(pod.getStatus().getPhase())) {
        api.ended(pod, 1);
      }
    }
  }

  private JavaProcess start(Pod pod) {
    Container container = pod.getSpec().getContainers().get(0);
    Map<String, String> environment =
        container.getEnv().stream()
            .filter(variable -> variable.getValue() != null)
            .collect(
                Collectors.toMap(
                    EnvVar::getName, EnvVar::getValue, (a, b) -> b, LinkedHashMap::new));
    environment.put("SPARK_LOCAL_DIRS", logs.resolve("scratch").toString());
    String memory = environment.get("SPARK_EXECUTOR_MEMORY");
    String[] options =
        environment.entrySet().stream()
            .filter(variable -> variable.getKey().startsWith("SPARK_JAVA_OPT_"))
            .collect(
                Collectors.toMap(
                    variable -> Integer.valueOf(variable.getKey().replaceAll("\\D", "")),
                    Map.Entry::getValue,
                    (a, b) -> b,
                    TreeMap::new))
            .values()
            .toArray(String[]::new);
    JavaProcess.Builder builder =
        JavaProcess.of(pod.getMetadata().getName(), BACKEND)
            .classPath(sparkClassPath)
            .options(options)
            .options("-Xmx" + memory)
            .arguments("--driver-url", environment.get("SPARK_DRIVER_URL"))
            .arguments("--executor-id", environment.get("SPARK_EXECUTOR_ID"))
            .arguments("--cores", environment.get("SPARK_EXECUTOR_CORES"))
            .arguments("--app-id", environment.get("SPARK_APPLICATION_ID"))
            .arguments("--hostname", "127.0.0.1")
            .arguments("--resourceProfileId", environment.get("SPARK_RESOURCE_PROFILE_ID"))
            .arguments("--podName", pod.getMetadata().getName());
    environment.forEach(builder::environment);
    // Spark copies the application's jar into an executor's working directory.
    return builder.directory(logs.resolve(pod.getMetadata().getName())).start(logs);
  }

  @Override
  public void close() {
    loop.interrupt();
    running.values().forEach(JavaProcess::close);
  }
}
