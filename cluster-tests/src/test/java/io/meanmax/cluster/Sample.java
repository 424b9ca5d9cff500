package io.meanmax.cluster;

import io.meanmax.job.testing.Corpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A corpus of three labels, half of it of one label, that a linear model can nearly learn; some
 * lines have no label and are rejected.
 *
 * @param train fastText lines
 * @param test others of the same kind
 * @param rows lines of {@code train}
 */
record Sample(String train, String test, int rows) {
  /** What always guessing the commonest label scores, and a good deal more. */
  static final double CHANCE = 0.6;

  static final int WITHOUT_LABEL = 5;

  private static final int TEST_DOCUMENTS = 500;

  static Sample write(Path folder, int documents) {
    List<String> lines = new ArrayList<>(Corpus.lines(documents, 1));
    for (int i = 0; i < WITHOUT_LABEL; i++) {
      lines.add(i * documents / WITHOUT_LABEL, "no label " + i);
    }
    return new Sample(
        Corpus.writeFiles(folder.resolve("train"), lines, 4),
        Corpus.write(folder.resolve("test.txt"), Corpus.lines(TEST_DOCUMENTS, 2)),
        lines.size());
  }

  /** The arguments of a {@code run} with a small network that publishes into a folder. */
  String[] run(Path models, String name, String... settings) {
    List<String> command = new ArrayList<>(List.of("run", "--input", train, "--test", test));
    command.addAll(List.of("--models", models.toString(), "--name", name));
    command.addAll(List.of("--set", "network.dimension=8"));
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    return command.toArray(String[]::new);
  }
}
