package io.meanmax.job.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The DAGs of scripts/airflow, loaded by Python with stand-ins for Airflow. */
final class AirflowDag {
  static final Path SCRIPTS = Path.of("..", "scripts", "airflow").toAbsolutePath();
  static final Path MANIFEST =
      Path.of("..", "conf", "kubernetes", "spark-application.yaml").toAbsolutePath();

  private static final ObjectMapper JSON = new ObjectMapper();

  private AirflowDag() {}

  /** A Python with these modules, which Airflow brings; without one the test is skipped. */
  static String python(String modules) {
    Optional<String> python =
        Stream.of("python3", "/usr/bin/python3").filter(each -> imports(each, modules)).findFirst();
    assumeTrue(python.isPresent(), "no python3 here with " + modules);
    return python.get();
  }

  private static boolean imports(String python, String modules) {
    try {
      return start(List.of(python, "-c", "import " + modules)).waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A DAG folder with the files that docs/how-to/airflow.md says to copy. */
  static Path folder(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(SCRIPTS, "*.py")) {
      for (Path file : files) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Files.copy(MANIFEST, folder.resolve(MANIFEST.getFileName()));
    return folder;
  }

  /** The tasks of a DAG file, every template rendered for a day. */
  static JsonNode tasks(String python, Path file, Path variables, String day)
      throws IOException, InterruptedException {
    String script = SCRIPTS.resolve("test/tasks_of_dag.py").toString();
    return json(file, python, script, file.toString(), variables.toString(), day).get("tasks");
  }

  /** A YAML file. */
  static JsonNode yaml(String python, Path file) throws IOException, InterruptedException {
    String script = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))";
    return json(file, python, "-c", script, file.toString());
  }

  private static JsonNode json(Path file, String... command)
      throws IOException, InterruptedException {
    Process process = start(List.of(command));
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
