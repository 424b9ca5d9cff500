package io.meanmax.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.job.testing.Corpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two versions, of which the first one is live, and what {@code models gate} says of the second.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateModelIT {
  private Path folder;
  private String twenty;

  @BeforeAll
  void train(@TempDir Path temporary) {
    folder = temporary;
    String train = Corpus.write(folder.resolve("train.txt"), Corpus.lines(60, 1));
    twenty = Corpus.write(folder.resolve("twenty.txt"), Corpus.lines(20, 2));
    requireGood(
        onModel("run", "--input", train, "--test", twenty, "--model-version", "first", epochs(1)));
    String work = folder + "/models/m/_work";
    requireGood(
        onModel(
            "train",
            "--encoded",
            work + "/encode",
            "--vocabulary",
            work + "/vocabulary",
            "--model-version",
            "second",
            "--keep-current",
            epochs(2)));
  }

  private static String epochs(int epochs) {
    return "--set=train.epochs=" + epochs;
  }

  private Cli onModel(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of("--models", folder + "/models", "--name", "m", "--set", "network.dimension=4"));
    return Cli.runOnSpark(arguments.toArray(String[]::new));
  }

  private Cli gate(String... more) {
    List<String> arguments = new ArrayList<>(List.of("models", "gate", "second"));
    arguments.addAll(List.of(more));
    return onModel(arguments.toArray(String[]::new));
  }

  private static void requireGood(Cli cli) {
    assertThat(cli.status()).as(cli.err()).isZero();
  }

  private static void requireFailure(Cli cli, String message) {
    assertThat(cli.messages()).containsExactly("meanmax: " + message);
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void gate_comparesOnlyWhatWasMeasuredOnTheSameDocuments() {
    requireFailure(
        gate("--max-drop", "accuracy=1"),
        "file:%s/models/m/second has no accuracy of test documents. Run evaluate first, with"
                .formatted(folder)
            + " --with-current");

    String forty = Corpus.write(folder.resolve("forty.txt"), Corpus.lines(40, 3));
    requireGood(onModel("evaluate", "--input", forty, "--model-version", "second"));
    requireFailure(
        gate("--max-drop", "accuracy=1"),
        "Cannot compare version second of m with the live version first: it was measured on 40 test"
            + " documents, the live one on 20. Measure both on the same ones: evaluate"
            + " --model-version second --with-current");
    assertThat(gate("--fail-under", "accuracy=0").status()).as("compares nothing").isZero();

    requireGood(
        onModel("evaluate", "--input", forty, "--model-version", "second", "--with-current"));
    Cli passed = gate("--max-drop", "accuracy=1");
    requireGood(passed);
    assertThat(passed.out())
        .startsWith("accuracy ")
        .contains(", live version first ")
        .endsWith("m version second passes\n");
  }
}
