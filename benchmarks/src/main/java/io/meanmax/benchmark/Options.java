package io.meanmax.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What all systems need to know.
 *
 * @param work folder that runs write into
 * @param heap heap of a MeanMax process, as in {@code -Xmx}
 * @param settings {@code key=value} of MeanMax, over what the benchmark sets
 * @param dl4jDocuments most documents that DL4J trains on
 * @param dl4jEpochs passes of DL4J where it trains on fewer documents than there are
 */
record Options(Path work, String heap, List<String> settings, int dl4jDocuments, int dl4jEpochs) {
  Options {
    settings = List.copyOf(settings);
  }

  /** An empty folder for a run of a system. */
  Path freshFolder(String system) throws IOException {
    Path folder = work.resolve("runs").resolve(system);
    delete(folder);
    return Files.createDirectories(folder);
  }

  /** Deletes a folder with all that is in it; one of a run that failed stays, with its log. */
  void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
