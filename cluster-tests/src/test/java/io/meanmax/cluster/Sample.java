package io.meanmax.cluster;

import io.meanmax.bundle.Bundle;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.RowBalance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A corpus of three labels, half of it of one label, that a linear model can nearly learn; some
 * lines have no text and are rejected.
 *
 * @param train fastText lines
 * @param test others of the same kind
 * @param documents lines of {@code train} that are not rejected
 */
record Sample(String train, String test, int documents) {
  /** What always guessing the commonest label scores, and a good deal more. */
  static final double CHANCE = 0.6;

  private static final int REJECTED = 5;
  private static final int TEST_DOCUMENTS = 500;

  static Sample write(Path folder, int documents) {
    return new Sample(
        Corpus.writeFiles(folder.resolve("train"), Corpus.lines(documents, REJECTED, 1), 4),
        Corpus.write(folder.resolve("test.txt"), Corpus.lines(TEST_DOCUMENTS, REJECTED, 2)),
        documents);
  }

  /** Demands that a {@code run}, with this model, lost no row on its way. */
  void requireNothingLost(Bundle model, Path work) {
    RowBalance.of(documents + REJECTED, REJECTED)
        .requirePrepared(work.toString())
        .requireTrained(model);
    RowBalance.of(TEST_DOCUMENTS + REJECTED, REJECTED)
        .requireEvaluated(work.toString())
        .requireScored(work.toString());
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
