package io.meanmax.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JVM like this one, for a system that runs in a JVM: its own process, so that compilation, heap
 * and peak memory are its own. Its last line on standard output is a JSON object.
 */
final class ChildJvm {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChildJvm() {}

  /**
   * What a child said.
   *
   * @param figures its JSON object
   * @param log its standard error
   */
  record Answer(JsonNode figures, String log) {}

  /**
   * Runs a main class.
   *
   * @param folder where output and log are kept
   * @param heap its {@code -Xmx}
   */
  static Answer run(
      Path folder, String heap, Map<String, String> environment, String main, List<String> args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-Xmx"))
        .forEach(command::add);
    command.add("-Xmx" + heap);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(args);
    Job job = Job.run(folder, environment, command);
    List<String> lines = Files.readAllLines(job.output(), StandardCharsets.UTF_8);
    if (lines.isEmpty()) {
      throw new IOException(main + " said nothing; its log is " + folder.resolve("log"));
    }
    return new Answer(JSON.readTree(lines.get(lines.size() - 1)), job.log());
  }

  /** In the child: writes the answer. */
  static void answer(Map<String, Double> figures) {
    ObjectNode node = JSON.createObjectNode();
    figures.forEach(
        (key, value) -> {
          if (Double.isFinite(value)) {
            node.put(key, value.doubleValue());
          }
        });
    try {
      System.out.println(JSON.writeValueAsString(node));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the child: seconds since the system started this process. */
  static double secondsSinceStart() {
    Instant start =
        ProcessHandle.current()
            .info()
            .startInstant()
            .orElseGet(
                () -> Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
    return Duration.between(start, Instant.now()).toMillis() / 1e3;
  }
}
