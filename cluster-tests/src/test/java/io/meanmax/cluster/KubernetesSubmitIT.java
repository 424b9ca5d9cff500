package io.meanmax.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts/submit-kubernetes gives the API server, and how it ends. */
@Tag("cluster")
class KubernetesSubmitIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final String IMAGE = "registry.example.com/meanmax:1";
  private static final String SECRET = "wJalrXUtnFEMI";

  @TempDir private Path folder;
  private KubernetesApi api;

  @BeforeEach
  void start() {
    api = KubernetesApi.start();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void driverPod_carriesWhatWasAskedFor_andNoSecret() throws Exception {
    Process submit =
        submit(
            "--conf",
            "spark.kubernetes.submission.waitAppCompletion=false",
            "--conf",
            "spark.driver.resource.gpu.amount=1",
            "--conf",
            "spark.driver.resource.gpu.vendor=nvidia.com",
            "--conf",
            "spark.driver.resource.gpu.discoveryScript=/opt/spark/gpus.sh",
            "--conf",
            "spark.kubernetes.driver.secretKeyRef.S3_SECRET_KEY=s3:secret-key",
            "--conf",
            "spark.kubernetes.driver.secrets.hadoop-token=/etc/hadoop-token",
            "--conf",
            "spark.kubernetes.driver.volumes.persistentVolumeClaim.data.options.claimName=corpus",
            "--conf",
            "spark.kubernetes.driver.volumes.persistentVolumeClaim.data.mount.path=/data",
            "--",
            "run",
            "--config",
            "/etc/meanmax/meanmax.conf",
            "--input",
            "hdfs://nn/train.txt",
            "--name",
            "reviews");
    assertThat(await(submit)).as(log()).isZero();

    Pod pod = driver();
    Container container = pod.getSpec().getContainers().get(0);
    assertThat(container.getImage()).isEqualTo(IMAGE);
    assertThat(container.getArgs())
        .containsSequence("--class", "io.meanmax.job.cli.Main", "local:///opt/meanmax/meanmax.jar")
        .endsWith(
            "run",
            "--config",
            "/etc/meanmax/meanmax.conf",
            "--input",
            "hdfs://nn/train.txt",
            "--name",
            "reviews");
    assertThat(container.getResources().getRequests())
        .containsEntry("cpu", new Quantity("2"))
        .containsEntry("memory", new Quantity("4505Mi"));
    assertThat(container.getResources().getLimits())
        .containsEntry("nvidia.com/gpu", new Quantity("1"))
        .containsEntry("memory", new Quantity("4505Mi"));
    assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("meanmax-driver");
    assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    requireVolumes(pod, container);
    EnvVar secret =
        container.getEnv().stream()
            .filter(variable -> variable.getName().equals("S3_SECRET_KEY"))
            .findFirst()
            .orElseThrow();
    assertThat(secret.getValue()).isNull();
    assertThat(secret.getValueFrom().getSecretKeyRef().getName()).isEqualTo("s3");
    assertThat(secret.getValueFrom().getSecretKeyRef().getKey()).isEqualTo("secret-key");
    assertThat(api.configMaps()).hasSize(2);
    assertThat(api.received())
        .as("the submitter's environment has the secret, and keeps it")
        .contains("spark.properties", "log4j2.configurationFile\\\\=/opt/meanmax/log4j2.properties")
        .doesNotContain(SECRET);
  }

  private static void requireVolumes(Pod pod, Container container) {
    assertThat(container.getVolumeMounts())
        .anyMatch(mount -> mount.getMountPath().equals("/data"))
        .anyMatch(mount -> mount.getMountPath().equals("/etc/meanmax") && mount.getReadOnly())
        .anyMatch(mount -> mount.getMountPath().equals("/etc/hadoop-token"));
    List<Volume> volumes = pod.getSpec().getVolumes();
    assertThat(volumes)
        .extracting(Volume::getPersistentVolumeClaim)
        .filteredOn(Objects::nonNull)
        .singleElement()
        .satisfies(claim -> assertThat(claim.getClaimName()).isEqualTo("corpus"));
    assertThat(volumes)
        .extracting(Volume::getSecret)
        .filteredOn(Objects::nonNull)
        .singleElement()
        .satisfies(secret -> assertThat(secret.getSecretName()).isEqualTo("hadoop-token"));
    assertThat(volumes)
        .filteredOn(volume -> volume.getConfigMap() != null)
        .extracting(volume -> volume.getConfigMap().getName())
        .contains("meanmax-conf");
  }

  @Test
  void exitStatus_isThatOfTheDriver() throws Exception {
    Process submit = submit("--", "run", "--input", "hdfs://nn/none.txt", "--name", "reviews");
    while (submit.isAlive() && api.pods("driver").isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    Pod driver = driver();
    // Watched by then: submission tells the server of the driver's service, and goes on to wait.
    while (submit.isAlive() && !api.rightsUsed().contains("pods: watch")) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    api.ended(driver, 2);
    assertThat(await(submit)).as(log()).isEqualTo(2);
    assertThat(log())
        .contains(
            "submit-kubernetes: the driver ended with 2; kubectl -n meanmax logs %s tells why"
                .formatted(driver.getMetadata().getName()));
  }

  @Test
  void plainSecret_isRefused() throws Exception {
    requireRefused(
        "spark.hadoop.fs.s3a.secret.key would stand in plain text",
        "--conf",
        "spark.hadoop.fs.s3a.secret.key=" + SECRET,
        "--",
        "run");
    requireRefused(
        "spark.hadoop.fs.azure.account.key.store.dfs.core.windows.net would stand in plain text",
        "--",
        "run",
        "--set",
        "spark.hadoop.fs.azure.account.key.store.dfs.core.windows.net=" + SECRET);
    requireRefused(
        "spark.hadoop.fs.s3a.access.key would stand in plain text",
        "--",
        "run",
        "--set=spark.hadoop.fs.s3a.access.key=" + SECRET);
  }

  @Test
  void wrongUse_saysWhatToDo() throws Exception {
    requireRefused("no command. Give it after the options and --");
    requireRefused("no command after --", "--");
    requireRefused("--deploy-mode is set by this script", "--deploy-mode", "client", "--", "run");
  }

  private void requireRefused(String message, String... arguments) throws Exception {
    Process submit = submit(arguments);
    assertThat(await(submit)).as(log()).isEqualTo(2);
    assertThat(log()).startsWith("submit-kubernetes: " + message).doesNotContain(SECRET);
    assertThat(api.received()).isEmpty();
  }

  private Pod driver() {
    assertThat(api.pods("driver")).as(log()).hasSize(1);
    return api.pods("driver").get(0);
  }

  private Process submit(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Built.ROOT.resolve("scripts/submit-kubernetes").toString());
    command.addAll(List.of("--master", api.master()));
    command.addAll(List.of("--conf", "spark.kubernetes.container.image=" + IMAGE));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(logFile());
    builder.environment().put("SPARK_HOME", sparkHome().toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("S3_SECRET_KEY", SECRET);
    return builder.start();
  }

  /** A folder with {@code bin/spark-submit}, which starts Spark's own class. */
  private Path sparkHome() throws IOException {
    Path submit = folder.resolve("spark/bin/spark-submit");
    Files.createDirectories(submit.getParent());
    Files.writeString(
        submit,
        """
        #!/bin/sh
        exec '%s' -Xmx512m %s -cp '%s' org.apache.spark.deploy.SparkSubmit "$@"
        """
            .formatted(Built.java(), String.join(" ", Built.opens()), ClassPath.spark()));
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder.resolve("spark");
  }

  private File logFile() {
    return folder.resolve("submit.log").toFile();
  }

  private String log() {
    try {
      return Files.readString(logFile().toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int await(Process process) throws InterruptedException {
    if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("submit-kubernetes did not end within " + TIMEOUT);
    }
    return process.exitValue();
  }
}
