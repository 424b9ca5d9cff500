package io.meanmax.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.RowBalance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The driver as it runs in its pod: Spark's Kubernetes backend asks for executors, which are JVMs
 * here.
 */
@Tag("cluster")
class KubernetesDriverIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(8);
  private static final String SECRET = "wJalrXUtnFEMI";

  @TempDir private Path folder;

  @Test
  void run_losesAnExecutor_withTheRightsOfItsRoleAlone() throws Exception {
    String train = Corpus.write(folder.resolve("train.txt"), Corpus.lines(1500, 7, 1));
    try (KubernetesApi api = KubernetesApi.start()) {
      api.create(driverPod());
      try (Kubelet kubelet = new Kubelet(api, ClassPath.spark(), folder.resolve("pods"));
          JavaProcess driver = driver(api, train)) {
        driver.awaitLog("epoch 1/20", TIMEOUT);
        Pod executor = api.pods("executor").get(0);
        String killed = kubelet.killFirst();
        driver.until("replace " + killed, TIMEOUT, () -> kubelet.started() == 3);
        driver.ends(0, TIMEOUT);
        requireExecutor(executor);
      }
      assertThat(api.pods("executor")).isEmpty();
      assertThat(api.rightsUsed()).isEqualTo(rights(Manifests.one("rbac.yaml", Role.class)));
      assertThat(api.received()).contains("spark-exec-id").doesNotContain(SECRET);
    }
    Path model = folder.resolve("models/reviews");
    String work = model.resolve("_work").toString();
    RowBalance.of(1507, 7)
        .requirePrepared(work)
        .requireTrained(new Published(folder.resolve("models"), "reviews").current())
        .requireScored(work);
    String version = Files.readString(model.resolve("current")).strip();
    assertThat(Files.readString(model.resolve(version).resolve("manifest.json")))
        .as("the driver had the secret, and wrote that it had one")
        .containsPattern("\"hadoop.fs.s3a.secret.key\" ?: ?\"[*]{3}\"")
        .doesNotContain(SECRET);
    assertThat(Files.readString(folder.resolve("driver.log"))).doesNotContain(SECRET);
  }

  private static Pod driverPod() {
    return new PodBuilder()
        .withNewMetadata()
        .withName("driver")
        .withNamespace(KubernetesApi.NAMESPACE)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("spark-kubernetes-driver")
        .endContainer()
        .endSpec()
        .withNewStatus()
        .withPhase("Running")
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .endCondition()
        .endStatus()
        .build();
  }

  /** In client mode, as the entry point of Spark's image starts it in the driver's pod. */
  private JavaProcess driver(KubernetesApi api, String train) {
    return JavaProcess.of("driver", "org.apache.spark.deploy.SparkSubmit")
        .classPath(ClassPath.spark())
        .options("-Xmx1g", "--add-modules", "jdk.incubator.vector")
        .options(
            "-Dlog4j2.configurationFile=" + Built.ROOT.resolve("conf/log4j2.properties").toUri())
        .environment("S3_SECRET_KEY", SECRET)
        .arguments("--master", api.master(), "--deploy-mode", "client")
        .arguments("--properties-file", Manifests.path("spark-defaults.conf").toString())
        .arguments("--conf", "spark.kubernetes.driver.pod.name=driver")
        .arguments("--conf", "spark.kubernetes.container.image=registry.example.com/meanmax:1")
        .arguments(
            "--conf",
            "spark.kubernetes.executor.podTemplateFile=" + Manifests.path("executor-pod.yaml"))
        .arguments("--conf", "spark.kubernetes.executor.secretKeyRef.S3_SECRET_KEY=s3:secret-key")
        .arguments("--conf", "spark.driver.host=127.0.0.1")
        .arguments("--conf", "spark.ui.enabled=false")
        .arguments("--conf", "spark.executor.memory=512m")
        .arguments("--conf", "spark.executor.cores=1")
        .arguments("--conf", "spark.task.cpus=1")
        .arguments("--conf", "spark.sql.shuffle.partitions=2")
        .arguments("--conf", "spark.kubernetes.executor.apiPollingInterval=2s")
        .arguments("--conf", "spark.kubernetes.executor.missingPodDetectDelta=5s")
        .arguments("--class", "io.meanmax.job.cli.Main", "local://" + Built.applicationJar())
        .arguments("run", "--config", Manifests.path("meanmax.conf").toString())
        .arguments("--input", train, "--models", folder.resolve("models").toString())
        .arguments("--name", "reviews", "--set=train.workers=2", "--set=network.dimension=16")
        .arguments("--set=train.epochs=20", "--set=train.patience=0")
        .arguments("--set=train.rounds-per-epoch=4")
        .start(folder);
  }

  private static void requireExecutor(Pod pod) {
    assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("meanmax-executor");
    Container container = pod.getSpec().getContainers().get(0);
    assertThat(container.getImage()).isEqualTo("registry.example.com/meanmax:1");
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getVolumeMounts())
        .anyMatch(mount -> mount.getMountPath().equals("/var/spark"));
    assertThat(container.getEnv())
        .filteredOn(variable -> variable.getName().equals("S3_SECRET_KEY"))
        .singleElement()
        .satisfies(
            variable -> {
              assertThat(variable.getValue()).isNull();
              assertThat(variable.getValueFrom().getSecretKeyRef().getName()).isEqualTo("s3");
            });
  }

  private static Set<String> rights(Role role) {
    Set<String> rights = new TreeSet<>();
    for (PolicyRule rule : role.getRules()) {
      for (String resource : rule.getResources()) {
        rule.getVerbs().forEach(verb -> rights.add(resource + ": " + verb));
      }
    }
    return rights;
  }
}
