package io.meanmax.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.job.testing.Corpus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong before any work starts: exit status 2, one message, nothing on standard output. */
class UsageTest {
  @TempDir private Path folder;

  private static void requireUsage(Cli cli, String message) {
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.hasStackTrace()).isFalse();
    assertThat(cli.err()).startsWith("meanmax: " + message);
    assertThat(cli.messages()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "generate",
        "tokenize",
        "vocabulary",
        "encode",
        "train",
        "evaluate",
        "score",
        "embeddings",
        "models",
        "models list",
        "models show",
        "models set-current",
        "models gate",
        "models delete-old"
      })
  void help_isOnStandardOutput(String command) {
    Cli cli = Cli.run((command + " --help").split(" "));
    assertThat(cli.status()).isZero();
    assertThat(cli.out()).startsWith("Usage: meanmax " + command);
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void help_ofTheWhole_namesEveryCommand_andExitStatuses() {
    Cli cli = Cli.run("--help");
    assertThat(cli.status()).isZero();
    assertThat(cli.out())
        .contains("run ", "generate ", "tokenize ", "vocabulary ", "encode ", "train ", "evaluate ")
        .contains("score ", "embeddings ", "models ")
        .contains("Exit status: 0 success, 1 failure, 2 wrong usage or configuration.");
  }

  @Test
  void version_isPrinted() {
    Cli cli = Cli.run("--version");
    assertThat(cli.status()).isZero();
    assertThat(cli.out()).matches("meanmax \\d+\\.\\d+.*\\R");
  }

  @Test
  void noCommand_unknownCommand_andUnknownOption_areWrongUsage() {
    requireUsage(Cli.run(), "Say which command to run");
    requireUsage(Cli.run("models"), "Say what to do with models: list, show, gate, set-current or");
    requireUsage(Cli.run("trian"), "Unmatched argument at index 0: 'trian'");
    requireUsage(Cli.run("generate", "--epoch=3"), "Unknown option: '--epoch=3'");
    requireUsage(Cli.run("vocabulary"), "Missing required option: '--tokens=PATH'");
    assertThat(Cli.run("trian").err()).contains("\nDid you mean: meanmax train");
    assertThat(Cli.run("vocabulary").err())
        .endsWith("meanmax vocabulary --help lists what there is.\n");
  }

  @Test
  void wrongUseOfSparksOwnSettings_isWrongUsage() {
    Cli cli =
        Cli.run("tokenize", "--input=x", "--output=y", "--set=spark.sql.shuffle.partitions=a");
    assertThat(cli.messages())
        .containsExactly("meanmax: spark.sql.shuffle.partitions should be int, but was a");
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.hasStackTrace()).as(cli.err()).isFalse();
  }

  @Test
  void secretAmongWrongOptions_isHidden() {
    Cli cli = Cli.run("generate", "--fs.s3a.secret.key=h1dden");
    requireUsage(cli, "Unknown option: '--fs.s3a.secret.key=***");
    assertThat(cli.err()).doesNotContain("h1dden");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train.epoch=3|Unknown key 'train.epoch' (--set train.epoch). Did you mean 'train.epochs'?"
            + " conf/reference.conf lists every key.",
        "vocabulary.mincount=3|Unknown key 'vocabulary.mincount' (--set vocabulary.mincount)."
            + " Did you mean 'vocabulary.min-count'? conf/reference.conf lists every key.",
        "train.epochs=0|train.epochs must be a whole number from 1 to 1000000; found 0"
            + " (--set train.epochs)",
        "train.epochs=many|train.epochs must be a whole number from 1 to 1000000; found \"many\""
            + " (--set train.epochs)",
        "train.validation-fraction=0.6|train.validation-fraction must be a number from 0 to 0.5;"
            + " found 0.6 (--set train.validation-fraction)",
        "train.optimizer=adan|train.optimizer must be one of auto, adam, adagrad, sgd; found \"adan\""
            + " (--set train.optimizer)",
        "network.dense=30|network.dense must be a list of layer sizes from 1 to 65536, for"
            + " instance [30] or []; found 30 (--set network.dense)",
        "train.workers=none|train.workers must be auto or a whole number from 1 to 100000; found"
            + " \"none\" (--set train.workers)",
        "tokenizer.lower-case=maybe|tokenizer.lower-case must be true or false; found \"maybe\""
            + " (--set tokenizer.lower-case)",
        "epochs|--set takes key=value, for instance train.epochs=5; found 'epochs'",
        "input.label-prefix=\" \"|input.label-prefix must be a text that is not blank; found \" \""
            + " (--set input.label-prefix)",
        "input.query=select 1|Give only one of input.path, input.table and input.query; found"
            + " input.path = \"x.txt\" (option for input.path), input.query = \"select 1\""
            + " (--set input.query)",
        "features.word-ngrams=2|features.word-ngrams must be a whole number from 1 to 1; found 2"
            + " (--set features.word-ngrams)",
      })
  void wrongSetting_isNamedWithWhatIsAllowed(String setting, String message) {
    Cli cli = Cli.run("run", "--input", "x.txt", "--name", "m", "--set", setting);
    requireUsage(cli, message);
    assertThat(cli.messages()).containsExactly("meanmax: " + message);
  }

  @Test
  void gate_takesMetricsOfWhichMoreIsBetter() {
    String message = "Say what is asked of a version with --fail-under or --max-drop, for instance";
    requireUsage(Cli.run("models", "gate", "v", "--name", "m"), message);
    requireUsage(
        Cli.run("models", "gate", "v", "--name", "m", "--max-drop", "log_loss=1"), message);
    requireUsage(
        Cli.run("models", "gate", "v", "--name", "m", "--fail-under", "accuracy=high"),
        "Invalid value for option '--fail-under' (METRIC=VALUE): 'high' is not a double");
  }

  @ParameterizedTest
  @ValueSource(strings = {"80", "-0.1", "1.01", "NaN"})
  void gate_takesRatesOnly(String value) {
    String found = " must be a number from 0 to 1; found " + Double.valueOf(value);
    for (String option : List.of("--fail-under", "--max-drop")) {
      requireUsage(
          Cli.run("models", "gate", "v", "--name", "m", option, "macro_f1=" + value),
          option + " macro_f1" + found);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "gate v", "set-current v", "delete-old --keep 1"})
  void modelsCommand_takesAVersion_onlyWhereItReadsOne(String command) {
    requireUsage(
        Cli.run(("models " + command + " --name m --model-version=v").split(" ")),
        "Unknown option: '--model-version=v'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  void deleteOld_keepsAtLeastOne(String keep) {
    requireUsage(
        Cli.run("models", "delete-old", "--name", "m", "--keep", keep),
        "--keep must be a whole number above 0; found " + keep);
  }

  @Test
  void wrongSetting_inAFile_isNamedWithItsLine() {
    String file = Corpus.write(folder.resolve("my.conf"), "train {\n  epochs = -1\n}\n");
    requireUsage(
        Cli.run("run", "--config", file, "--input", "x.txt", "--name", "m"),
        "train.epochs must be a whole number from 1 to 1000000; found -1 (" + file + ": 2)");
    requireUsage(
        Cli.run("run", "--config", folder + "/nowhere.conf"),
        "Configuration file not found or not readable: " + folder + "/nowhere.conf");
    String broken = Corpus.write(folder.resolve("broken.conf"), "train {\n");
    requireUsage(Cli.run("run", "--config", broken), "Cannot parse the configuration: " + broken);
  }

  @Test
  void whatIsNotGiven_isAskedFor() {
    requireUsage(
        Cli.run("tokenize", "--output", "x"),
        "Say which documents to read: input.path (--input), input.table (--input-table) or"
            + " input.query (--input-query)");
    requireUsage(Cli.run("tokenize", "--input", "x"), "Say where to write: output.path (--output)");
    requireUsage(Cli.run("run", "--input", "x"), "Say which model: models.name (--name)");
    requireUsage(
        Cli.run("score", "--input", "x", "--name", "m"),
        "Say where to write: output.path (--output) or output.table (--output-table)");
    requireUsage(
        Cli.run("embeddings", "--name", "m", "--output", "x", "--set", "embeddings.words=false"),
        "embeddings.words is false and there are no documents (--input): nothing to write");
  }
}
