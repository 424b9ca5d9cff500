package io.meanmax.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The DAGs of scripts/airflow, loaded by Python with stand-ins for Airflow. */
final class AirflowDag {
  private static final Path SCRIPTS = Path.of("..", "scripts", "airflow").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private AirflowDag() {}

  /** A Python with Jinja, if this machine has one. */
  static Optional<String> python() {
    return Stream.of("python3", "/usr/bin/python3").filter(AirflowDag::hasJinja).findFirst();
  }

  private static boolean hasJinja(String python) {
    try {
      return start(List.of(python, "-c", "import jinja2")).waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A DAG with its tasks, every template rendered for a day. */
  static JsonNode of(String python, String file, Path variables, String day)
      throws IOException, InterruptedException {
    Process process =
        start(
            List.of(
                python,
                SCRIPTS.resolve("test/tasks_of_dag.py").toString(),
                SCRIPTS.resolve(file).toString(),
                variables.toString(),
                day));
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(file + " cannot be loaded:\n" + out);
    }
    return JSON.readTree(out);
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** The texts of a list. */
  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
