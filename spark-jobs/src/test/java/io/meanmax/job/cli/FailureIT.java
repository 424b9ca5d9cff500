package io.meanmax.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.RowBalance;
import io.meanmax.job.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Stream;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at work: exit status 1, one message, no stack trace. */
@ExtendWith(SparkExtension.class)
class FailureIT {
  @TempDir private Path folder;

  private static void requireFailure(Cli cli, String message) {
    assertThat(cli.messages()).singleElement().asString().startsWith("meanmax: " + message);
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.hasStackTrace()).as(cli.err()).isFalse();
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  private Cli tokenize(String input, String output, String... more) {
    String[] arguments = {"tokenize", "--input", input, "--output", output};
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Cli.runOnSpark(all);
  }

  @Test
  void missingInput_isNamed() {
    Cli cli = tokenize(in("no.txt"), in("out"));
    requireFailure(cli, "Input path does not exist: " + in("no.txt"));
    assertThat(cli.err()).as("told once").containsOnlyOnce("Input path does not exist");
  }

  @Test
  void knownFailure_isALineOfTheJsonLog_too() throws IOException {
    Cli cli;
    try {
      Configurator.reconfigure(Path.of("..", "conf", "log4j2-json.properties").toUri());
      cli = tokenize(in("no.txt"), in("out"));
    } finally {
      Configurator.reconfigure(Path.of("..", "conf", "log4j2.properties").toUri());
    }
    requireFailure(cli, "Input path does not exist: " + in("no.txt"));
    JsonNode line =
        new ObjectMapper()
            .readTree(
                cli.err()
                    .lines()
                    .filter(text -> text.contains("\"ERROR\""))
                    .findFirst()
                    .orElse(""));
    assertThat(line.path("message").asText())
        .isEqualTo("Input path does not exist: " + in("no.txt"));
    assertThat(line.path("run").asText()).startsWith("local-");
    assertThat(line.path("stage").asText()).isEqualTo("tokenize");
  }

  @Test
  void secretOfAUrl_isRepeatedNeitherInTheMessageNorInTheLog() {
    Cli cli = tokenize("file://me:h1dden@host/no.txt", in("out"));
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.messages()).singleElement().asString().contains("file://***@host/no.txt");
    assertThat(cli.err()).doesNotContain("h1dden");
  }

  @Test
  void existingOutput_isNotReplacedUnasked() {
    String train = Corpus.write(folder.resolve("train.txt"), "__label__a x\n");
    Cli first = tokenize(train, in("out"));
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out())
        .isEqualTo(
            "1 documents, 1 tokens, 0 documents without a token, 0 rows rejected: file:"
                + in("out")
                + "\n");
    assertThat(first.messages()).isEmpty();
    requireFailure(
        tokenize(train, in("out")),
        "Output exists: file:%s. Give another --output, or --overwrite to replace it"
            .formatted(in("out")));
    assertThat(tokenize(train, in("out"), "--overwrite").status()).isZero();
  }

  @Test
  void unwritableOutput_isNamed() {
    String train = Corpus.write(folder.resolve("train.txt"), "__label__a x\n");
    requireFailure(tokenize(train, train + "/out"), "Cannot write to " + train + "/out: ");
    requireFailure(tokenize(train, "/dev/null/out"), "Cannot write to /dev/null/out: ");
    requireFailure(
        tokenize(train, "/", "--overwrite"), "Output cannot be file:/. Give a folder below it");
  }

  @Test
  void emptyCorpus_isNamed() {
    String train = Corpus.write(folder.resolve("train.txt"), "\n\n");
    requireFailure(tokenize(train, in("out")), train + " holds no document");
  }

  @Test
  void unusableRows_areShown_inMoreLines() {
    String train = Corpus.write(folder.resolve("train.txt"), "x\n__label__a y\n");
    Cli cli = tokenize(train, in("out"));
    requireFailure(cli, "1 of 2 rows of " + train + " cannot be used, more than");
    assertThat(cli.err()).endsWith("The first:\n  train.txt:0: no label: x\n");
  }

  @Test
  void brokenFiles_areNamed() throws IOException {
    String archive = Corpus.write(folder.resolve("train.txt.gz"), "no archive");
    requireFailure(
        tokenize(archive, in("out")), "Cannot read file:" + archive + ": not a gzip file");
    String parquet = Corpus.write(folder.resolve("docs.parquet"), "no parquet, but long enough");
    requireFailure(tokenize(parquet, in("out")), "Cannot read " + parquet + ": ");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void oneBrokenParquetFileAmongOthers_isNamed(SparkSession spark) throws IOException {
    String docs = in("docs.parquet");
    spark.sql("select 'x' text, 'a' label").write().parquet(docs);
    Corpus.write(folder.resolve("docs.parquet/z.parquet"), "no parquet, but long enough");
    requireFailure(tokenize(docs, in("out")), "Cannot read file:" + docs + "/z.parquet: ");
    assertThat(folder.resolve("out")).doesNotExist();
    String lines = Corpus.write(folder.resolve("train.txt"), Corpus.lines(20, 2, 1));
    String some = "--set=input.max-rejected-fraction=0.1";
    assertThat(tokenize(lines, in("out"), some).status()).isZero();
    requireFailure(
        tokenize(docs, in("out"), "--overwrite"), "Cannot read file:" + docs + "/z.parquet: ");
    RowBalance.of(22, 2).requireTokenized(in("out"));
    try (Stream<Path> names = Files.list(folder)) {
      assertThat(names.map(Path::getFileName).map(Path::toString))
          .as("nothing half done lies about")
          .containsExactlyInAnyOrder("docs.parquet", "train.txt", "out");
    }
  }

  @Test
  void allParquetFilesBroken_saysWhatIsWrongWithOne(SparkSession spark) throws IOException {
    spark.sql("select 'x' text, 'a' label").coalesce(1).write().parquet(in("sums"));
    Corpus.write(folder.resolve("docs/z.parquet"), "no parquet, but long enough");
    requireFailure(
        tokenize(in("docs"), in("out"), "--format=parquet"),
        "Cannot read %s: file:%1$s/z.parquet is not a Parquet file. Expected magic number at tail"
            .formatted(in("docs")));
    try (Stream<Path> files = Files.list(folder.resolve("sums"))) {
      Path rows = files.filter(file -> file.toString().endsWith("parquet")).findAny().orElseThrow();
      byte[] other = Files.readAllBytes(rows);
      other[4] ^= 1;
      Files.write(rows, other);
    }
    requireFailure(
        tokenize(in("sums"), in("out"), "--format=parquet"),
        "Cannot read %s: Checksum error: file:%1$s/part-".formatted(in("sums")));
  }

  @Test
  void brokenFilesThatSparkIsToLeaveOut_areWarnedOf(SparkSession spark) {
    String docs = in("docs.parquet");
    spark.sql("select 'x' text, 'a' label").write().parquet(docs);
    Corpus.write(folder.resolve("docs.parquet/z.parquet"), "no parquet, but long enough");
    Cli cli = tokenize(docs, in("out"), "--set=spark.sql.files.ignoreCorruptFiles=true");
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.err())
        .contains(
            "spark.sql.files.ignoreCorruptFiles is true: rows of files that are damaged or gone"
                + " are left out and counted nowhere; set it to false unless that is meant");
  }

  @Test
  void missingTable_isNamed() {
    requireFailure(
        Cli.runOnSpark("tokenize", "--set", "input.table=nowhere", "--output", in("out")),
        "Cannot read table nowhere: [TABLE_OR_VIEW_NOT_FOUND]");
  }

  @Test
  void singleClass_isNamed() {
    String train =
        Corpus.write(folder.resolve("train.txt"), Collections.nCopies(3, "__label__a x"));
    requireFailure(
        Cli.runOnSpark("run", "--input", train, "--models", in("models"), "--name", "m"),
        "All 3 documents of %s/m/_work/tokenize have the label 'a'".formatted(in("models")));
  }

  @Test
  void divergedTraining_isNamed() throws IOException {
    String train = Corpus.write(folder.resolve("train.txt"), Corpus.lines(200, 1));
    Cli cli =
        Cli.runOnSpark(
            "run",
            "--input",
            train,
            "--models",
            in("models"),
            "--name",
            "m",
            "--set",
            "train.learning-rate=1e6",
            "--set",
            "train.optimizer=sgd",
            "--set",
            "train.learning-rate-decay=constant",
            "--set",
            "train.batch-size=1");
    requireFailure(cli, "Training diverged in epoch ");
    assertThat(cli.messages().get(0)).contains("Lower train.learning-rate");
    assertThat(Files.exists(folder.resolve("models/m/current"))).isFalse();
  }

  private static void stopSession() {
    SparkSession.getDefaultSession()
        .foreach(
            session -> {
              session.stop();
              return null;
            });
  }

  @Test
  void heapThatIsTooSmallForSpark_isNamed() {
    stopSession();
    requireFailure(
        Cli.run("models", "list", "--models", in("models"), "--set=spark.testing.memory=150000000"),
        "Spark needs a heap of at least 450 MiB. Give it more: MEANMAX_MEMORY for a local run,");
  }

  @Test
  void clusterThatIsNone_isNamed() {
    stopSession();
    requireFailure(
        Cli.run("models", "list", "--models", in("models"), "--master", "nonsense"),
        "Cannot open a Spark session on nonsense: ");
  }
}
