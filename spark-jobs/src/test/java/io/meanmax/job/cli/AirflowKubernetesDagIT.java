package io.meanmax.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Airflow DAG for Kubernetes gives the Spark operator. */
class AirflowKubernetesDagIT {
  private static final List<String> SETTINGS = List.of("--config", "/etc/meanmax/meanmax.conf");

  private String python;
  private Path dags;

  @BeforeEach
  void layOut(@TempDir Path folder) throws Exception {
    python = AirflowDag.python("jinja2, yaml");
    dags = AirflowDag.folder(folder.resolve("dags"));
  }

  private JsonNode tasks(String file) throws Exception {
    Path variables = AirflowDag.SCRIPTS.resolve("variables.json");
    return AirflowDag.tasks(python, dags.resolve(file), variables, "2026-11-20");
  }

  @Test
  void tasks_areThoseOfSparkSubmit_withTheMountedSettings() throws Exception {
    JsonNode submitted = tasks("meanmax_spark_submit.py");
    JsonNode tasks = tasks("meanmax_kubernetes.py");
    assertThat(tasks).hasSameSizeAs(submitted);
    for (int i = 0; i < tasks.size(); i++) {
      for (String same : List.of("task_id", "upstream", "retries", "trigger_rule")) {
        assertThat(tasks.get(i).get(same)).isEqualTo(submitted.get(i).get(same));
      }
      JsonNode command = submitted.get(i).get("application_args");
      JsonNode application = tasks.get(i).at("/template_spec/spark");
      assertThat(application.isObject()).isEqualTo(command != null);
      if (command != null) {
        List<String> expected = new ArrayList<>(AirflowDag.texts(command));
        expected.addAll(SETTINGS);
        assertThat(AirflowDag.texts(application.at("/spec/arguments"))).isEqualTo(expected);
      }
    }
  }

  @Test
  void application_isTheManifestInAllElse() throws Exception {
    JsonNode manifest = AirflowDag.yaml(python, AirflowDag.MANIFEST);
    assertThat(AirflowDag.texts(manifest.at("/spec/arguments"))).containsSequence(SETTINGS);
    assertThat(manifest.at("/spec/driver/volumeMounts/0/mountPath").asText())
        .isEqualTo("/etc/meanmax");

    int applications = 0;
    for (JsonNode task : tasks("meanmax_kubernetes.py")) {
      if (task.has("template_spec")) {
        applications++;
        String step = task.get("task_id").asText();
        assertThat(task.get("name").asText()).isEqualTo("meanmax-" + step);
        assertThat(task.get("namespace").asText()).isEqualTo("meanmax");
        JsonNode application = task.at("/template_spec/spark");
        ObjectNode expected = manifest.deepCopy();
        ObjectNode spec = (ObjectNode) expected.get("spec");
        spec.set("arguments", application.at("/spec/arguments"));
        spec.putObject("restartPolicy").put("type", "Never");
        for (String pod : List.of("driver", "executor")) {
          ObjectNode labels = ((ObjectNode) spec.get(pod)).putObject("labels");
          labels.put("app", "meanmax").put("step", step);
        }
        assertThat(application).isEqualTo(expected);
      }
    }
    assertThat(applications).isEqualTo(8);
  }

  @Test
  void changeOfTheManifest_reachesTheApplication_andTheVariableItsImage() throws Exception {
    Path copy = dags.resolve(AirflowDag.MANIFEST.getFileName());
    Files.writeString(
        copy,
        Files.readString(copy)
            .replace("memory: 8g", "memory: 32g")
            .replace("image: registry.example.com/meanmax:0.1.0", "image: other"));
    JsonNode spec = tasks("meanmax_kubernetes.py").get(0).at("/template_spec/spark/spec");
    assertThat(spec.at("/executor/memory").asText()).isEqualTo("32g");
    assertThat(spec.get("image").asText()).isEqualTo("registry.example.com/meanmax:0.1.0");
  }

  @Test
  void missingManifest_isNamed_andWhatToCopy() throws Exception {
    Path copy = dags.resolve(AirflowDag.MANIFEST.getFileName());
    Files.delete(copy);
    assertThatThrownBy(() -> tasks("meanmax_kubernetes.py"))
        .hasMessageContaining(
            "No " + copy + ". Copy conf/kubernetes/spark-application.yaml there\n");
  }
}
