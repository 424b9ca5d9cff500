package io.meanmax.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GPUs as Spark schedules them; a script tells of two, and the computing is done by the CPU. */
@Tag("cluster")
class GpuIT {
  private static final Pattern GIVEN = Pattern.compile("Task (\\d) was given GPU \\[(\\d)\\]");

  @TempDir private Path folder;

  private Path discoveryScript() throws IOException {
    Path script = folder.resolve("discover.sh");
    Files.writeString(
        script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}'\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void eachTask_hasAGpuOfItsOwn_andTheDl4jTrainerIsChosen() throws IOException {
    Sample sample = Sample.write(folder, 600);
    Path models = folder.resolve("models");
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"))) {
      cluster.worker(
          2,
          "-Dspark.worker.resource.gpu.amount=2",
          "-Dspark.worker.resource.gpu.discoveryScript=" + discoveryScript());
      List<String> gpus =
          List.of("spark.executor.resource.gpu.amount=2", "spark.task.resource.gpu.amount=1");
      String[] run = sample.run(models, "gpus", "train.workers=2", "train.epochs=4");
      try (JavaProcess driver = cluster.submit("driver", gpus, run).start(cluster.logs())) {
        driver.ends(0, Duration.ofMinutes(10));
      }
      String log = cluster.executorLogs(0);
      assertThat(log).contains("GPUs stay idle: this build computes on the CPU");
      requireOneEach(log);
    }
    assertThat(new Published(models, "gpus").current().manifest().training().trainer())
        .isEqualTo("dl4j");
  }

  /** The two tasks of a round run at once; their lines stand one after another. */
  private static void requireOneEach(String log) {
    List<List<String>> lines = new ArrayList<>();
    Matcher given = GIVEN.matcher(log);
    while (given.find()) {
      lines.add(List.of(given.group(1), given.group(2)));
    }
    assertThat(lines).hasSizeGreaterThanOrEqualTo(8);
    for (int line = 0; line + 1 < lines.size(); line += 2) {
      assertThat(List.of(lines.get(line).get(0), lines.get(line + 1).get(0)))
          .as("tasks of %s", lines)
          .containsExactlyInAnyOrder("0", "1");
      assertThat(List.of(lines.get(line).get(1), lines.get(line + 1).get(1)))
          .as("GPUs of %s", lines)
          .containsExactlyInAnyOrder("0", "1");
    }
  }
}
