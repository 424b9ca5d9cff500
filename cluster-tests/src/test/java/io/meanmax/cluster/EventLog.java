package io.meanmax.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Spark wrote down of an application.
 *
 * @param events in their order
 */
record EventLog(List<JsonNode> events) {

  /** Settings that make Spark write it into a folder that exists. */
  static List<String> settings(Path folder) {
    return List.of("spark.eventLog.enabled=true", "spark.eventLog.dir=" + folder.toUri());
  }

  /** Reads the only log of a folder. */
  static EventLog read(Path folder) {
    List<Path> logs = Built.files(folder, "");
    if (logs.size() != 1) {
      throw new IllegalStateException("One application log expected: " + logs);
    }
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> events = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(logs.get(0))) {
        events.add(json.readTree(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new EventLog(events);
  }

  /** The executors that finished a task of the stages whose name holds a text. */
  Set<String> executors(String stageName) {
    Set<Integer> stages = new HashSet<>();
    for (JsonNode event : events("SparkListenerStageCompleted")) {
      JsonNode stage = event.get("Stage Info");
      if (stage.get("Stage Name").asText().contains(stageName)) {
        stages.add(stage.get("Stage ID").asInt());
      }
    }
    Set<String> executors = new TreeSet<>();
    for (JsonNode event : events("SparkListenerTaskEnd")) {
      if (stages.contains(event.get("Stage ID").asInt())
          && event.at("/Task End Reason/Reason").asText().equals("Success")) {
        executors.add(event.at("/Task Info/Executor ID").asText());
      }
    }
    return executors;
  }

  /** The events of a kind. */
  List<JsonNode> events(String kind) {
    return events.stream().filter(event -> event.get("Event").asText().equals(kind)).toList();
  }
}
