package io.meanmax.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.job.testing.Corpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole road through commands, and what they say of models that are missing or damaged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelFailureIT {
  private Path folder;
  private String test;
  private Cli trained;

  @BeforeAll
  void train(@TempDir Path temporary) {
    folder = temporary;
    String train = Corpus.write(folder.resolve("train.txt"), Corpus.lines(60, 1));
    test = Corpus.write(folder.resolve("test.txt"), Corpus.lines(20, 2));
    trained =
        Cli.runOnSpark(
            "run",
            "--input",
            train,
            "--test",
            test,
            "--models",
            folder + "/models",
            "--name",
            "m",
            "--set",
            "train.epochs=1",
            "--set",
            "network.dimension=4");
  }

  private Cli onModel(String models, String command, String... more) {
    String[] arguments =
        java.util.stream.Stream.concat(
                java.util.Arrays.stream(command.split(" ")),
                java.util.stream.Stream.concat(
                    java.util.stream.Stream.of("--models", models, "--name", "m"),
                    java.util.Arrays.stream(more)))
            .toArray(String[]::new);
    return Cli.runOnSpark(arguments);
  }

  /** A copy of the models, whose one version a test may damage. */
  private Path copy(String name) throws IOException {
    Path copy = folder.resolve(name);
    FileUtils.copyDirectory(folder.resolve("models").toFile(), copy.toFile());
    return copy;
  }

  private static Path version(Path models) throws IOException {
    return models.resolve("m").resolve(Files.readString(models.resolve("m/current")).strip());
  }

  private static void requireFailure(Cli cli, String message) {
    assertThat(cli.messages()).singleElement().asString().contains(message);
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.hasStackTrace()).as(cli.err()).isFalse();
  }

  @Test
  void run_putsResultsOnStandardOutput_andProgressElsewhere() throws IOException {
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(trained.out())
        .contains("sport", "accuracy")
        .contains("model:       file:" + version(folder.resolve("models")))
        .contains("predictions: file:" + folder + "/models/m/_work/score")
        .contains("vectors:     file:" + folder + "/models/m/_work/embeddings")
        .doesNotContain("[1/7]", "epoch");
    assertThat(trained.err()).contains("[1/7] tokenize", "epoch 1/1: loss ", "[7/7] embeddings");
    assertThat(trained.hasStackTrace()).isFalse();
  }

  @Test
  void missingModel_andVersion_areNamedWithWhatThereIs() {
    requireFailure(
        Cli.runOnSpark("evaluate", "--input", test, "--models", folder + "/models", "--name", "n"),
        "There is no model 'n' in file:" + folder + "/models; it has [m]");
    requireFailure(
        onModel(folder + "/models", "evaluate", "--input", test, "--model-version", "v9"),
        "Model 'm' has no version 'v9'");
    requireFailure(
        Cli.runOnSpark("models", "list", "--models", folder + "/nowhere"),
        "There is no folder of models at file:" + folder + "/nowhere; check the path");
  }

  @Test
  void missingFile_isNamed() throws IOException {
    for (String file : List.of("network.zip", "vocabulary.txt", "labels.txt", "manifest.json")) {
      Path models = copy("without-" + file);
      Files.delete(version(models).resolve(file));
      requireFailure(
          onModel(models.toString(), "score", "--input", test, "--output", folder + "/scored"),
          "Cannot use the model at file:%s: %s is missing".formatted(version(models), file));
    }
  }

  @Test
  void alteredFile_isNamed() throws IOException {
    for (String file : List.of("network.zip", "vocabulary.txt", "labels.txt", "manifest.json")) {
      Path models = copy("altered-" + file);
      Path altered = version(models).resolve(file);
      byte[] bytes = Files.readAllBytes(altered);
      int at =
          file.equals("manifest.json")
              ? new String(bytes, StandardCharsets.UTF_8).indexOf("\"dl4j\"")
              : 10;
      bytes[at + 1] ^= 1;
      Files.write(altered, bytes);
      requireFailure(
          onModel(models.toString(), "score", "--input", test, "--output", folder + "/scored"),
          "Cannot use the model at file:%s: %s was altered".formatted(version(models), file));
    }
    assertThat(folder.resolve("scored")).doesNotExist();
  }

  @Test
  void commands_readTheModel() throws IOException {
    String models = folder + "/models";
    Cli evaluated = onModel(models, "evaluate", "--input", test);
    assertThat(evaluated.status()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("accuracy", "0 rows rejected", "model: file:");
    Cli scored = onModel(models, "score", "--input", test, "--output", folder + "/s", "--top", "1");
    assertThat(scored.out()).isEqualTo("20 rows scored, 0 rejected: file:%s/s\n".formatted(folder));
    Cli vectors = onModel(models, "embeddings", "--output", folder + "/v");
    assertThat(vectors.out())
        .matches("\\d+ word vectors, 0 document vectors, 0 rows rejected: .*\n");
    String version = version(folder.resolve("models")).getFileName().toString();
    assertThat(onModel(models, "models list").out()).startsWith("* m  " + version + "  20");
    assertThat(onModel(models, "models show").out()).contains("\"format_version\" : 1", version);
    assertThat(onModel(models, "models set-current", version).out())
        .isEqualTo("m: current is " + version + "\n");
    assertThat(onModel(models, "models delete-old", "--keep", "1").out()).isEmpty();
  }
}
