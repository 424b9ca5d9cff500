package io.meanmax.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.config.NetworkConfig;
import io.meanmax.config.Settings;
import io.meanmax.config.TrainConfig;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.JobGroup;
import io.meanmax.job.runtime.PreparedVocabulary;
import io.meanmax.job.runtime.VocabularyTables;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.RowBalance;
import io.meanmax.job.testing.SparkExtension;
import io.meanmax.job.train.dl4j.Dl4jTrainer;
import io.meanmax.job.train.sparse.SparseSparkTrainer;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.vocabulary.Labels;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training that was cut off and is started again comes to the model it would have come to. */
@Tag("faults")
@ExtendWith(SparkExtension.class)
class CheckpointsIT {
  private static final int DOCUMENTS = 200;
  private static final int REJECTED = 3;
  private static final int EPOCHS = 4;
  private static final int NEVER = EPOCHS;

  @TempDir private static Path data;
  @TempDir private Path folder;

  /** The examples of every pass of every training of a test. */
  private final List<Long> passes = new ArrayList<>();

  /** Examples that every pass leaves out. */
  private int forgotten;

  /** What {@link #train} came to, or how far it came. */
  private record Outcome(BestEpoch best, List<Integer> epochs, TrainingData.Counts counts) {
    float[] flat() {
      NetworkParameters parameters = best.parameters();
      float[] flat = new float[parameters.embedding().rows() * parameters.embedding().dimension()];
      for (int row = 0; row < parameters.embedding().rows(); row++) {
        parameters.embedding().copyRow(row, flat, row * parameters.embedding().dimension());
      }
      return flat;
    }
  }

  /** Dies like a driver: before an epoch, without a word to anyone. */
  private final class Mortal implements Trainer {
    private final Trainer trainer;
    private final int lastEpoch;
    private final List<Integer> epochs = new ArrayList<>();

    Mortal(Trainer trainer, int lastEpoch) {
      this.trainer = trainer;
      this.lastEpoch = lastEpoch;
    }

    @Override
    public Pass epoch(int epoch) {
      if (epoch == lastEpoch) {
        throw new IllegalStateException("killed");
      }
      epochs.add(epoch);
      Pass pass = trainer.epoch(epoch);
      passes.add(pass.examples());
      return new Pass(pass.loss(), pass.examples() - forgotten);
    }

    @Override
    public NetworkParameters parameters() {
      return trainer.parameters();
    }

    @Override
    public void save(DataOutput out) throws IOException {
      trainer.save(out);
    }

    @Override
    public void restore(DataInput in, int epochs) throws IOException {
      trainer.restore(in, epochs);
    }

    @Override
    public void close() {
      trainer.close();
    }
  }

  @BeforeAll
  static void prepare() {
    Corpus.write(data.resolve("train.txt"), Corpus.lines(DOCUMENTS, REJECTED, 1));
    road(SparkExtension.session()).prepare();
  }

  private static Road road(SparkSession spark, String... overrides) {
    List<String> usual =
        List.of(
            "input.max-rejected-fraction=0.1",
            "train.epochs=" + EPOCHS,
            "train.patience=0",
            "train.validation-fraction=0.2",
            "train.threads-per-worker=1",
            "train.rounds-per-epoch=3",
            "train.batch-size=16");
    return Road.of(
        spark,
        data.resolve("work"),
        data.resolve("train.txt").toString(),
        Stream.concat(usual.stream(), Stream.of(overrides)).toArray(String[]::new));
  }

  private Checkpoints checkpoints(String fingerprint, int everyEpochs) {
    return new Checkpoints(
        new Configuration(),
        new org.apache.hadoop.fs.Path(folder.resolve("checkpoints").toUri()),
        fingerprint,
        everyEpochs);
  }

  private Outcome train(Road road, Checkpoints checkpoints, int diesBefore) {
    SparkSession spark = road.spark();
    Settings settings = road.settings();
    TrainConfig config = TrainConfig.from(settings);
    PreparedVocabulary prepared = VocabularyTables.read(spark, road.path("vocabulary"));
    Labels labels = prepared.labels();
    NetworkSpec spec =
        NetworkConfig.from(settings).spec(prepared.vocabulary().size(), labels.size());
    JavaSparkContext sc = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (JobGroup group = new JobGroup(spark, "train", "test");
        TrainingData data =
            TrainingData.load(
                road.rows("encode"),
                config.workers().getAsInt(),
                config.validationFraction(),
                config.seed())) {
      Trainer trainer =
          config.trainer() == TrainConfig.Trainer.DL4J
              ? new Dl4jTrainer(sc, config, NetworkParameters.initial(spec, config.seed()), data)
              : new SparseSparkTrainer(sc, config, spec, data);
      Mortal mortal = new Mortal(trainer, diesBefore);
      BestEpoch best =
          new EpochLoop(spark, config, data, labels, checkpoints, group).run(spec, mortal);
      return new Outcome(best, mortal.epochs, data.counts());
    }
  }

  private void die(Road road, Checkpoints checkpoints, int beforeEpoch) {
    assertThatThrownBy(() -> train(road, checkpoints, beforeEpoch)).hasMessage("killed");
  }

  private List<String> files() throws IOException {
    if (!Files.exists(folder.resolve("checkpoints"))) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder.resolve("checkpoints"))) {
      return all.filter(Files::isRegularFile)
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sparse, adagrad, mean-max, 1",
    "sparse, adagrad, mean, 3",
    "sparse, adam, max, 2",
    "sparse, sgd, mean, 2",
    "dl4j, adam, mean-max, 1",
    "dl4j, sgd, mean, 1"
  })
  void trainingThatDied_goesOn_andComesToTheSameModel(
      String trainer, String optimizer, String pooling, int workers, SparkSession spark)
      throws IOException {
    Road road =
        road(
            spark,
            "train.trainer=" + trainer,
            "train.optimizer=" + optimizer,
            "network.pooling=" + pooling,
            "network.dense=[5]",
            "train.workers=" + workers);
    Outcome expected = train(road, checkpoints("undisturbed", 0), NEVER);
    assertThat(files()).isEmpty();
    die(road, checkpoints("same", 1), 3);
    assertThat(files()).containsExactly("epoch-0000003");
    Outcome resumed = train(road, checkpoints("same", 1), NEVER);
    assertThat(resumed.epochs()).containsExactly(3);
    assertThat(resumed.best().epoch()).isEqualTo(expected.best().epoch());
    assertThat(resumed.best().validation()).isEqualTo(expected.best().validation());
    assertThat(resumed.flat()).containsExactly(expected.flat());
    TrainingData.Counts counts = resumed.counts();
    assertThat(counts.validationExamples()).isBetween(20L, 60L);
    assertThat(counts.trainingExamples() + counts.validationExamples()).isEqualTo(DOCUMENTS);
    assertThat(passes)
        .as("four epochs undisturbed, three until it died, one after")
        .hasSize(EPOCHS + EPOCHS)
        .containsOnly(counts.trainingExamples());
  }

  @Test
  void passThatLeftOutExamples_failsTheTraining(SparkSession spark) {
    Road road = road(spark, "train.trainer=sparse", "train.workers=1");
    forgotten = 1;
    assertThatThrownBy(() -> train(road, checkpoints("same", 0), NEVER))
        .isInstanceOf(JobException.class)
        .hasMessageMatching(
            "Epoch 1 trained on (\\d+) examples where there are \\d+; nothing was published\\. Were"
                + " the encoded examples replaced meanwhile\\? Train again");
  }

  @Test
  void otherNumberOfWorkers_canGoOn(SparkSession spark) {
    Road two = road(spark, "train.trainer=sparse", "train.workers=2");
    die(two, checkpoints("same", 1), 3);
    Road one = road(spark, "train.trainer=sparse", "train.workers=1");
    Outcome resumed = train(one, checkpoints("same", 1), NEVER);
    assertThat(resumed.epochs()).containsExactly(3);
    assertThat(resumed.best().validation().orElseThrow().accuracy()).isGreaterThan(0.6);
  }

  @Test
  void checkpointOfOtherDataOrSettings_isLeftAlone(SparkSession spark) {
    Road road = road(spark, "train.trainer=sparse", "train.workers=1");
    die(road, checkpoints("one", 1), 3);
    assertThat(train(road, checkpoints("other", 1), NEVER).epochs()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void checkpointThatIsDamaged_isPassedOver(SparkSession spark) throws IOException {
    Road road = road(spark, "train.trainer=sparse", "train.workers=1");
    float[] expected = train(road, checkpoints("undisturbed", 0), NEVER).flat();
    for (String damage : List.of("flip", "cut", "empty")) {
      die(road, checkpoints(damage, 1), 3);
      Path file = folder.resolve("checkpoints").resolve(damage).resolve("epoch-0000003");
      byte[] bytes = Files.readAllBytes(file);
      Files.deleteIfExists(file.resolveSibling(".epoch-0000003.crc"));
      switch (damage) {
        case "flip" -> bytes[bytes.length / 2] ^= 1;
        case "cut" -> bytes = Arrays.copyOf(bytes, bytes.length / 2);
        default -> bytes = new byte[0];
      }
      Files.write(file, bytes);
      Outcome again = train(road, checkpoints(damage, 1), NEVER);
      assertThat(again.epochs()).as(damage).hasSize(EPOCHS);
      assertThat(again.flat()).as(damage).containsExactly(expected);
    }
  }

  @Test
  void checkpointThatCannotBeWritten_doesNotFailTheTraining(SparkSession spark) throws IOException {
    Road road = road(spark, "train.trainer=sparse", "train.workers=1");
    Files.writeString(folder.resolve("checkpoints"), "a file where the folder should be");
    assertThat(train(road, checkpoints("same", 1), NEVER).epochs()).hasSize(EPOCHS);
  }

  @Test
  void everySecondEpoch_isAsFarAsItGoesBack_andPublishingClears(SparkSession spark)
      throws IOException {
    Road road = road(spark, "train.trainer=sparse", "train.workers=1");
    die(road, checkpoints("same", 2), 3);
    assertThat(files()).containsExactly("epoch-0000002");
    Checkpoints checkpoints = checkpoints("same", 2);
    assertThat(train(road, checkpoints, NEVER).epochs()).containsExactly(2, 3);
    checkpoints.clear();
    assertThat(folder.resolve("checkpoints")).doesNotExist();
  }

  @Test
  void patience_isNotForgotten(SparkSession spark) {
    Road road =
        road(
            spark,
            "train.trainer=sparse",
            "train.workers=1",
            "train.patience=2",
            "train.epochs=30",
            "train.learning-rate=0.5");
    Outcome expected = train(road, checkpoints("undisturbed", 0), Integer.MAX_VALUE);
    int last = expected.epochs().size() - 1;
    assertThat(last).isBetween(1, 28);
    die(road, checkpoints("same", 1), last);
    Outcome resumed = train(road, checkpoints("same", 1), Integer.MAX_VALUE);
    assertThat(resumed.epochs()).containsExactly(last);
    assertThat(resumed.best().epoch()).isEqualTo(expected.best().epoch());
  }

  @Test
  void publishing_leavesNoCheckpoint(SparkSession spark) {
    Road road = road(spark, "train.trainer=sparse", "train.workers=1");
    Road checkpointed =
        new Road(spark, road.folder(), road.settings().with("train.checkpoint-every-epochs", 1));
    RowBalance.of(DOCUMENTS + REJECTED, REJECTED)
        .requirePrepared(data.resolve("work").toString())
        .requireTrained(checkpointed.bundle(checkpointed.train()));
    Path model = data.resolve("work/models/tiny");
    assertThat(model.resolve("current")).exists();
    assertThat(model.resolve("_checkpoint")).doesNotExist();
  }
}
