package io.meanmax.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.meanmax.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in conf/kubernetes, held to the models of what will read them. */
@Tag("cluster")
class KubernetesManifestsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCOUNT = "meanmax-driver";
  private static final String EXECUTOR_ACCOUNT = "meanmax-executor";

  /** The fast kernel, and the log's settings that the image has. */
  private static final String JAVA_OPTIONS =
      "--add-modules=jdk.incubator.vector -Dlog4j2.configurationFile="
          + inImage("log4j2.properties");

  /** The keys of a v1beta2 SparkApplication's spec that we know to be there. */
  private static final Set<String> SPEC =
      Set.of(
          "type",
          "mode",
          "sparkVersion",
          "image",
          "imagePullPolicy",
          "mainClass",
          "mainApplicationFile",
          "arguments",
          "restartPolicy",
          "sparkConf",
          "volumes",
          "driver",
          "executor");

  /** The keys of its driver and its executor. */
  private static final Set<String> POD =
      Set.of(
          "serviceAccount",
          "instances",
          "cores",
          "memory",
          "memoryOverhead",
          "gpu",
          "javaOptions",
          "env",
          "volumeMounts",
          "podSecurityContext",
          "securityContext",
          "nodeSelector",
          "tolerations");

  @Test
  void account_isBoundToItsRole_inOneNamespace() {
    List<HasMetadata> all = Manifests.all("rbac.yaml");
    assertThat(all)
        .hasSize(4)
        .allMatch(object -> object.getMetadata().getNamespace().equals(KubernetesApi.NAMESPACE));
    RoleBinding binding = Manifests.one("rbac.yaml", RoleBinding.class);
    Role role = Manifests.one("rbac.yaml", Role.class);
    assertThat(binding.getRoleRef().getKind()).isEqualTo("Role");
    assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
    assertThat(binding.getSubjects())
        .singleElement()
        .satisfies(
            subject -> {
              assertThat(subject.getKind()).isEqualTo("ServiceAccount");
              assertThat(subject.getName()).isEqualTo(ACCOUNT);
              assertThat(subject.getNamespace()).isEqualTo(KubernetesApi.NAMESPACE);
            });
    assertThat(all)
        .filteredOn(ServiceAccount.class::isInstance)
        .extracting(account -> account.getMetadata().getName())
        .containsExactly(ACCOUNT, EXECUTOR_ACCOUNT);
    assertThat(all)
        .filteredOn(object -> object.getMetadata().getName().equals(EXECUTOR_ACCOUNT))
        .singleElement()
        .satisfies(
            account ->
                assertThat(((ServiceAccount) account).getAutomountServiceAccountToken()).isFalse());
  }

  /** That these rights are enough, and none of them too many, is KubernetesDriverIT's to show. */
  @Test
  void role_hasNoSecretsAndNoWildcards() {
    assertThat(Manifests.one("rbac.yaml", Role.class).getRules())
        .allSatisfy(
            rule -> {
              assertThat(rule.getApiGroups()).containsExactly("");
              assertThat(rule.getResources()).doesNotContain("*", "secrets", "pods/exec");
              assertThat(rule.getVerbs()).doesNotContain("*");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark-application.yaml", "spark-application-gpu.yaml"})
  void application_hasTheFieldsOfItsKind(String file) throws IOException {
    GenericKubernetesResource application = Manifests.one(file, GenericKubernetesResource.class);
    assertThat(application.getApiVersion()).isEqualTo("sparkoperator.k8s.io/v1beta2");
    assertThat(application.getKind()).isEqualTo("SparkApplication");
    assertThat(application.getMetadata().getNamespace()).isEqualTo(KubernetesApi.NAMESPACE);
    assertThat(application.getAdditionalProperties()).containsOnlyKeys("spec");
    JsonNode spec = spec(file);
    assertThat(names(spec)).isSubsetOf(SPEC);
    assertThat(names(spec.get("driver"))).isSubsetOf(POD);
    assertThat(names(spec.get("executor"))).isSubsetOf(POD);

    assertThat(spec.at("/driver/serviceAccount").asText()).isEqualTo(ACCOUNT);
    assertThat(spec.at("/executor/serviceAccount").asText()).isEqualTo(EXECUTOR_ACCOUNT);
    assertThat(spec.at("/mainClass").asText()).isEqualTo("io.meanmax.job.cli.Main");
    assertThat(spec.at("/mainApplicationFile").asText())
        .isEqualTo("local://" + inImage("meanmax.jar"));
    assertThat(spec.at("/sparkVersion").asText())
        .isEqualTo(org.apache.spark.package$.MODULE$.SPARK_VERSION());
    for (String pod : List.of("driver", "executor")) {
      assertThat(spec.at("/" + pod + "/javaOptions").asText()).isEqualTo(JAVA_OPTIONS);
      Container container = container(spec.get(pod));
      assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
      assertThat(spec.at("/" + pod + "/podSecurityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(container.getEnv())
          .allSatisfy(
              variable -> {
                assertThat(variable.getValue()).isNull();
                assertThat(variable.getValueFrom().getSecretKeyRef().getKey()).isNotBlank();
              });
      assertThat(container.getVolumeMounts())
          .isNotEmpty()
          .allMatch(
              mount ->
                  podSpec(spec).getVolumes().stream()
                      .anyMatch(volume -> volume.getName().equals(mount.getName())));
    }
  }

  @Test
  void gpuApplication_asksForADeviceAndTellsTasksWhich() throws IOException {
    JsonNode spec = spec("spark-application-gpu.yaml");
    JsonNode conf = spec.get("sparkConf");
    String amount = spec.at("/executor/gpu/quantity").asText();
    assertThat(amount).isEqualTo("1");
    assertThat(conf.get("spark.executor.resource.gpu.amount").asText()).isEqualTo(amount);
    assertThat(conf.get("spark.task.resource.gpu.amount").asText()).isEqualTo(amount);
    assertThat(conf.get("spark.executor.resource.gpu.vendor").asText() + "/gpu")
        .isEqualTo(spec.at("/executor/gpu/name").asText());
    assertThat(conf.get("spark.executor.resource.gpu.discoveryScript").asText())
        .startsWith("/opt/spark/");
    assertThat(spec.at("/driver/gpu").isMissingNode()).isTrue();
    assertThat(spec("spark-application.yaml").at("/executor/gpu").isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark-application.yaml", "spark-application-gpu.yaml"})
  void arguments_areACommandWithSettingsWeKnow(String file) throws IOException {
    JsonNode arguments = spec(file).get("arguments");
    assertThat(arguments.get(0).asText()).isEqualTo("run");
    List<String> overrides = new java.util.ArrayList<>();
    arguments.forEach(
        argument -> {
          if (argument.asText().startsWith("--set=")) {
            overrides.add(argument.asText().substring("--set=".length()));
          }
        });
    assertThat(Settings.read(Manifests.path("meanmax.conf"), overrides).sparkSettings())
        .as("without the variables the keys are not set")
        .doesNotContainKey("spark.hadoop.fs.s3a.secret.key");
  }

  @Test
  void podTemplates_haveTheContainerThatSparkFillsIn() {
    Pod driver = Manifests.one("driver-pod.yaml", Pod.class);
    Pod executor = Manifests.one("executor-pod.yaml", Pod.class);
    assertThat(driver.getSpec().getContainers()).hasSize(1);
    assertThat(executor.getSpec().getContainers()).hasSize(1);
  }

  @Test
  void dockerfile_putsFilesWhereTheManifestsLookForThem() throws IOException {
    assertThat(Files.readString(Manifests.path("Dockerfile")))
        .contains("COPY spark-jobs/target/meanmax-spark-jobs-*-all.jar " + inImage("meanmax.jar"))
        .contains("COPY conf/log4j2.properties conf/log4j2-json.properties " + inImage(""));
    assertThat(Files.readString(Manifests.path("spark-defaults.conf")))
        .containsPattern("spark.driver.defaultJavaOptions +" + JAVA_OPTIONS + "\\n")
        .containsPattern("spark.executor.defaultJavaOptions +" + JAVA_OPTIONS + "\\n");
    assertThat(Files.readString(Built.ROOT.resolve("scripts/submit-kubernetes")))
        .contains("local://" + inImage("meanmax.jar"));
    assertThat(Built.applicationJar().getFileName().toString())
        .matches("meanmax-spark-jobs-.*-all[.]jar");
  }

  private static String inImage(String file) {
    return "/opt/meanmax/" + file;
  }

  private static JsonNode spec(String file) {
    return JSON.valueToTree(
        Manifests.one(file, GenericKubernetesResource.class).getAdditionalProperties().get("spec"));
  }

  /** What stands there in the words of a container, read as one: an unknown key fails. */
  private static Container container(JsonNode pod) throws IOException {
    var container = JSON.createObjectNode();
    for (String key : List.of("env", "volumeMounts", "securityContext")) {
      if (pod.has(key)) {
        container.set(key, pod.get(key));
      }
    }
    Container read = JSON.treeToValue(container, Container.class);
    assertThat(read.getAdditionalProperties()).isEmpty();
    return read;
  }

  private static PodSpec podSpec(JsonNode spec) {
    try {
      PodSpec read =
          JSON.treeToValue(
              JSON.createObjectNode().set("volumes", spec.get("volumes")), PodSpec.class);
      assertThat(read.getVolumes())
          .allSatisfy(volume -> assertThat(volume.getAdditionalProperties()).isEmpty());
      return read;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    for (Iterator<String> each = object.fieldNames(); each.hasNext(); ) {
      names.add(each.next());
    }
    return names;
  }
}
