package io.meanmax.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names of models and versions that would be paths to elsewhere: refused, and nothing is written.
 */
@ExtendWith(SparkExtension.class)
class HostileNamesTest {
  @TempDir private Path folder;

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).sorted().toList();
    }
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  private void requireRefused(String message, String... command) throws IOException {
    List<String> before = files();
    Cli cli = Cli.runOnSpark(command);
    assertThat(cli.status()).as(cli.err()).isEqualTo(2);
    assertThat(cli.messages()).singleElement().asString().contains(message);
    assertThat(cli.hasStackTrace()).isFalse();
    assertThat(files()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/b", "_tmp", ".hidden", "..", "a b", "hdfs://host/x", "a\nb"})
  void model_cannotBeNamedSo(String name) throws IOException {
    String train = Corpus.write(folder.resolve("in/train.txt"), Corpus.lines(50, 1));
    requireRefused(
        "models.name must be 1 to 128 of the letters",
        "run",
        "--input",
        train,
        "--models",
        in("m/models"),
        "--name",
        name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/b", "_tmp", "..", "/etc"})
  void version_cannotBeNamedSo(String version) throws IOException {
    Files.createDirectories(folder.resolve("models/m/x"));
    Files.createDirectories(folder.resolve("models/x"));
    requireRefused(
        "models.version must be 1 to 128 of the letters",
        "models",
        "show",
        "--models",
        in("models"),
        "--name",
        "m",
        "--model-version",
        version);
    requireRefused(
        "VERSION must be 1 to 128 of the letters A-Z and a-z, digits, '.', '_' and '-', the first"
            + " neither '.' nor '_'; found '"
            + version
            + "'",
        "models",
        "set-current",
        version,
        "--models",
        in("models"),
        "--name",
        "m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"set-current", "gate"})
  void current_isNoVersionToSetOrToHoldAgainstItself(String command) throws IOException {
    requireRefused(
        "VERSION must be one of those that 'models list' shows, not 'current'",
        "models",
        command,
        "current",
        "--models",
        in("models"),
        "--name",
        "m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void model_cannotBeNameless(String name) throws IOException {
    requireRefused(
        "models.name must be a text that is not blank", "models", "show", "--name", name);
  }
}
