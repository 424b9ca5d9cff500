package io.meanmax.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a folder at one moment.
 *
 * @param content of each, by its path
 */
record State(Map<String, byte[]> content) {

  static State of(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      Map<String, byte[]> content = new TreeMap<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
      return new State(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether Spark is writing the rows of a stage's output in this folder at this moment. */
  static boolean hasUnfinishedPart(Path parent) {
    try (Stream<Path> files = Files.walk(parent)) {
      return files.map(Path::toString).anyMatch(file -> file.matches(".*/_tmp-.*/part-[^/]*"));
    } catch (IOException | UncheckedIOException e) {
      // A folder that is not there yet, or vanished while it was walked.
      return false;
    }
  }

  /** Demands the same files with the same content, none missing and none added. */
  void require(Path root, String... ignored) {
    Map<String, byte[]> now = of(root).content;
    for (String name : ignored) {
      now.remove(name);
    }
    assertThat(now.keySet()).isEqualTo(content.keySet());
    now.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(content.get(name)));
  }
}
