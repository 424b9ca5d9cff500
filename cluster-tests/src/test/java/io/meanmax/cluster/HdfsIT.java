package io.meanmax.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.ModelRegistry;
import io.meanmax.bundle.VersionSummary;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.RowBalance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything on HDFS, one of whose data nodes goes away. */
@Tag("cluster")
class HdfsIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(8);
  private static final int DOCUMENTS = 2000;
  private static final int TEST_DOCUMENTS = 500;
  private static final int BAD = 5;

  @TempDir private static Path folder;
  private static MiniHdfs hdfs;
  private static Path conf;

  @BeforeAll
  static void start() {
    hdfs = MiniHdfs.start(folder.resolve("hdfs"));
    conf = hdfs.writeConf(folder.resolve("conf"));
  }

  @AfterAll
  static void stop() {
    hdfs.close();
  }

  private static String[] run(String root, String... more) {
    return Stream.concat(
            Stream.of(
                "run",
                "--master=local[2]",
                "--input=" + root + "/data/train.txt",
                "--test=" + root + "/data/test.txt",
                "--models=" + root + "/models",
                "--name=reviews",
                "--set=network.dimension=16",
                "--set=train.threads-per-worker=1"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void run_whileADataNodeStops_givesWhatALocalRunGives() throws IOException {
    List<String> train = Corpus.lines(DOCUMENTS, BAD, 1);
    List<String> test = Corpus.lines(TEST_DOCUMENTS, BAD, 2);
    Path local = folder.resolve("local");
    Corpus.write(local.resolve("data/train.txt"), train);
    Corpus.write(local.resolve("data/test.txt"), test);
    hdfs.write("/night/data/train.txt", train);
    hdfs.write("/night/data/test.txt", test);
    String[] long40 = {"--set=train.epochs=40", "--set=train.patience=0"};

    String root = hdfs.uri("/night");
    try (JavaProcess job =
        Meanmax.command("hdfs", folder.resolve("empty"), run(root, long40)).start(folder)) {
      job.awaitLog("epoch 1/40", TIMEOUT);
      try (MiniHdfs.Stopped node = hdfs.stopDataNode()) {
        assertThat(job.log()).as("%s stops during training", node).doesNotContain("[5/7]");
        job.ends(0, TIMEOUT);
      }
    }
    try (JavaProcess job =
        Meanmax.command("local", folder.resolve("empty"), run(local.toString(), long40))
            .start(folder)) {
      job.ends(0, TIMEOUT);
    }

    Bundle expected = open(new Configuration(), local.resolve("models").toString());
    Bundle found = open(hdfs.conf(), root + "/models");
    found.verify();
    requireNothingLost(found, root + "/models/reviews/_work");
    assertThat(weights(found)).isEqualTo(weights(expected));
    assertThat(found.metrics()).isEqualTo(expected.metrics());
    assertThat(found.metrics().at("/test/accuracy").asDouble()).isGreaterThan(0.9);
    for (String file : List.of(Bundle.VOCABULARY, Bundle.LABELS)) {
      assertThat(bytes(found, file)).isEqualTo(bytes(expected, file));
    }
  }

  private static RowBalance balance(int documents) {
    return new RowBalance(hdfs.conf(), documents + BAD, BAD);
  }

  private static void requireNothingLost(Bundle model, String work) {
    balance(DOCUMENTS).requirePrepared(work).requireTrained(model);
    balance(TEST_DOCUMENTS).requireEvaluated(work).requireScored(work);
    assertThat(hdfs.names(work)).noneMatch(HdfsIT::isTemporary);
    assertThat(hdfs.names(work + "/..")).noneMatch(HdfsIT::isTemporary);
  }

  private static boolean isTemporary(String name) {
    return name.startsWith("_tmp-") || name.startsWith("_old-");
  }

  @Test
  void relativePaths_areThoseOfTheDefaultFileSystem_alsoWhenReplaced() throws IOException {
    String home = "/user/" + System.getProperty("user.name");
    hdfs.write(home + "/data/train.txt", Corpus.lines(300, BAD, 3));
    hdfs.write(home + "/data/test.txt", Corpus.lines(100, BAD, 4));
    command("first", run(".", "--set=train.epochs=2", "--set=input.max-rejected-fraction=0.1"))
        .ends(0, TIMEOUT);
    String first = live(home);
    command("second", run(".", "--set=train.epochs=3", "--set=input.max-rejected-fraction=0.1"))
        .ends(0, TIMEOUT);
    String second = live(home);
    assertThat(second).isNotEqualTo(first);
    assertThat(listByScript()).contains("* reviews  " + second).contains("  reviews  " + first);

    String[] tokenize = {
      "tokenize",
      "--master=local[2]",
      "--input=data/test.txt",
      "--output=tokens",
      "--set=input.max-rejected-fraction=0.1"
    };
    command("tokenize", tokenize).ends(0, TIMEOUT);
    balance(100).requireTokenized(home + "/tokens");
    tokenize[2] = "--input=data/train.txt";
    command("overwrite", Stream.concat(Stream.of(tokenize), Stream.of("--overwrite")))
        .ends(0, TIMEOUT);
    balance(300).requireTokenized(home + "/tokens");
    assertThat(hdfs.names(home)).noneMatch(HdfsIT::isTemporary).contains("tokens", "models");
    try (Stream<Path> local = Files.list(Path.of(""))) {
      assertThat(local.map(Path::toString)).doesNotContain("models", "tokens", "data");
    }

    requireCurrentIsAlwaysOneOf(new ModelRegistry(hdfs.conf(), path(home + "/models")));
  }

  /** Finds the name node by HADOOP_CONF_DIR, as spark-submit would. */
  private static String listByScript() throws IOException {
    ProcessBuilder script =
        new ProcessBuilder(
            Built.ROOT.resolve("scripts/meanmax").toString(), "models", "list", "--models=models");
    script.environment().remove("SPARK_HOME");
    script.environment().put("HADOOP_CONF_DIR", conf.toString());
    script.environment().put("MEANMAX_MEMORY", "512m");
    Process process = script.redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String live(String home) {
    return new ModelRegistry(hdfs.conf(), path(home + "/models"))
        .resolve("reviews", ModelRegistry.CURRENT);
  }

  /** While one sets the live version over and over, another never finds none, or half a name. */
  private static void requireCurrentIsAlwaysOneOf(ModelRegistry registry) {
    List<String> versions =
        registry.versions("reviews").stream().map(VersionSummary::version).toList();
    AtomicBoolean writing = new AtomicBoolean(true);
    CompletableFuture<Set<String>> reader =
        CompletableFuture.supplyAsync(
            () -> {
              Set<String> seen = new TreeSet<>();
              while (writing.get()) {
                seen.add(registry.resolve("reviews", ModelRegistry.CURRENT));
              }
              return seen;
            });
    for (int i = 0; i < 40; i++) {
      registry.setCurrent("reviews", versions.get(i % versions.size()));
    }
    writing.set(false);
    try {
      assertThat(reader.get()).containsExactlyInAnyOrderElementsOf(versions);
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("A reader of the live version failed", e);
    }
  }

  private static JavaProcess command(String name, Stream<String> arguments) {
    return command(name, arguments.toArray(String[]::new));
  }

  private static JavaProcess command(String name, String... arguments) {
    return Meanmax.command(name, conf, arguments).start(folder);
  }

  private static Bundle open(Configuration configuration, String models) {
    return Bundle.open(configuration, path(models), "reviews", ModelRegistry.CURRENT);
  }

  private static org.apache.hadoop.fs.Path path(String path) {
    return new org.apache.hadoop.fs.Path(path);
  }

  private static byte[] bytes(Bundle bundle, String file) throws IOException {
    try (InputStream in = bundle.read(file)) {
      return in.readAllBytes();
    }
  }

  /** The parameters alone: the zip around them carries the time. */
  private static byte[] weights(Bundle bundle) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(bundle.read(Bundle.NETWORK))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals("coefficients.bin")) {
          byte[] weights = zip.readAllBytes();
          zip.transferTo(java.io.OutputStream.nullOutputStream());
          return weights;
        }
      }
    }
    throw new AssertionError("No coefficients in " + bundle.path());
  }
}
