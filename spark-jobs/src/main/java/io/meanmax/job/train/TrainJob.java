package io.meanmax.job.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.BundleWriter;
import io.meanmax.bundle.InputSource;
import io.meanmax.bundle.ModelDescription;
import io.meanmax.bundle.Training;
import io.meanmax.bundle.VocabularyFiles;
import io.meanmax.config.CheckpointConfig;
import io.meanmax.config.ModelConfig;
import io.meanmax.config.NetworkConfig;
import io.meanmax.config.Settings;
import io.meanmax.config.TrainConfig;
import io.meanmax.job.runtime.BuildVersions;
import io.meanmax.job.runtime.Fingerprint;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.JobGroup;
import io.meanmax.job.runtime.PreparedVocabulary;
import io.meanmax.job.runtime.Slots;
import io.meanmax.job.runtime.StageRecord;
import io.meanmax.job.runtime.Tables;
import io.meanmax.job.runtime.VocabularyTables;
import io.meanmax.job.schema.Schemas;
import io.meanmax.job.train.dl4j.Dl4jTrainer;
import io.meanmax.job.train.sparse.SparseSparkTrainer;
import io.meanmax.network.Dl4jNetwork;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.vocabulary.Labels;
import io.meanmax.vocabulary.Vocabulary;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fits the network to encoded examples and publishes the best epoch as a new model version. */
public final class TrainJob {
  /** The stage's name. */
  public static final String STAGE = "train";

  private static final String CHECKPOINTS = "_checkpoint";
  private static final String EXECUTOR_GPUS = "spark.executor.resource.gpu.amount";

  /** Far longer than it takes. */
  private static final Duration MOST_WARM_UP = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(TrainJob.class);

  private final SparkSession spark;
  private final String encodedPath;
  private final String vocabularyPath;
  private final NetworkConfig network;
  private final TrainConfig config;
  private final CheckpointConfig checkpoints;
  private final ModelConfig model;
  private final Settings settings;

  /**
   * A job that reads the outputs of {@code encode} and {@code vocabulary}.
   *
   * @param settings everything, for the manifest
   */
  public TrainJob(
      SparkSession spark,
      String encodedPath,
      String vocabularyPath,
      NetworkConfig network,
      TrainConfig config,
      CheckpointConfig checkpoints,
      ModelConfig model,
      Settings settings) {
    this.spark = spark;
    this.encodedPath = encodedPath;
    this.vocabularyPath = vocabularyPath;
    this.network = network;
    this.config = config;
    this.checkpoints = checkpoints;
    this.model = model;
    this.settings = settings;
  }

  /** The state of inputs and settings. */
  public String fingerprint() {
    return Fingerprint.of(
        STAGE,
        StageRecord.require(hadoop(), encodedPath, "encode").fingerprint(),
        network.toString(),
        config.toString());
  }

  /**
   * The version that training would publish, if it stands there and was made of just this: of the
   * name asked for, without one the live version. It is the live one then, if training would make
   * it so.
   */
  public Optional<Bundle> publishedBefore() {
    return versions().madeOf(fingerprint());
  }

  private ModelVersions versions() {
    return new ModelVersions(hadoop(), model);
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  /**
   * Runs the job.
   *
   * @throws DivergedException if a loss is NaN or infinite; nothing is published then
   * @throws JobException if the data does not fit the vocabulary or is not all there, or there is a
   *     version of the name asked for that may not be replaced
   */
  public TrainResult run() {
    StageRecord encoded = StageRecord.require(hadoop(), encodedPath, "encode");
    try (JobGroup group = new JobGroup(spark, STAGE, "reading the vocabulary")) {
      PreparedVocabulary prepared = VocabularyTables.of(spark, vocabularyPath);
      requireSame(encoded, prepared.hash());
      return train(group, encoded, prepared.vocabulary(), prepared.labels());
    }
  }

  private TrainResult train(
      JobGroup group, StageRecord encoded, Vocabulary vocabulary, Labels labels) {
    // Opened before the work, so that a folder that cannot be written is noticed now.
    try (BundleWriter bundle = versions().open()) {
      group.now("loading examples");
      NetworkSpec spec = network.spec(vocabulary.size(), labels.size());
      Dataset<Row> examples = Tables.parquet(spark, encodedPath, Schemas.ENCODED);
      Checkpoints kept = checkpoints();
      BestEpoch best;
      TrainingData.Counts counts;
      int epochs;
      int workers = workers(encoded);
      Future<Void> warm = warmUp(spec, workers);
      try (TrainingData data =
          TrainingData.load(examples, workers, config.validationFraction(), config.seed())) {
        encoded.requireAll(encodedPath, "examples", data.counts().examples());
        EpochLoop loop = new EpochLoop(spark, config, data, labels, kept, group);
        Trainer trainer = trainerFor(spec, data);
        await(warm);
        best = loop.run(spec, trainer);
        counts = data.counts();
        epochs = loop.epochs();
      }
      group.now("publishing");
      TrainResult result = publish(bundle, best, epochs, counts, encoded, vocabulary, labels);
      kept.clear();
      return result;
    }
  }

  /** Beside the versions; the state of another trainer, or of another build's, is left alone. */
  private Checkpoints checkpoints() {
    return new Checkpoints(
        hadoop(),
        new Path(new Path(model.path(), model.requiredName()), CHECKPOINTS),
        Fingerprint.of(fingerprint(), trainer().name(), BuildVersions.software(spark).toString()),
        checkpoints.everyEpochs().orElse(spark.sparkContext().isLocal() ? 0 : 1));
  }

  private void requireSame(StageRecord encoded, String hash) {
    if (!hash.equals(encoded.vocabularyHash())) {
      throw new JobException(
          ("Cannot train on %s: it was encoded with the vocabulary and labels %s, and %s holds %s;"
                  + " run encode again")
              .formatted(
                  encodedPath, shorten(encoded.vocabularyHash()), vocabularyPath, shorten(hash)));
    }
  }

  private static String shorten(String hash) {
    return hash == null ? "(none)" : hash.substring(0, Math.min(8, hash.length())) + "…";
  }

  /** The trainer that {@code auto} stands for here. */
  private TrainConfig.Trainer trainer() {
    if (config.trainer() != TrainConfig.Trainer.AUTO) {
      return config.trainer();
    }
    boolean gpus = spark.sparkContext().getConf().getInt(EXECUTOR_GPUS, 0) > 0;
    return gpus ? TrainConfig.Trainer.DL4J : TrainConfig.Trainer.SPARSE;
  }

  private int workers(StageRecord encoded) {
    return config.workers().orElseGet(() -> workersFor(encoded.counts().getOrDefault("words", 0L)));
  }

  private int workersFor(long words) {
    int slots = Slots.of(spark.sparkContext());
    if (trainer() == TrainConfig.Trainer.DL4J) {
      return slots;
    }
    if (spark.sparkContext().isLocal()) {
      return 1;
    }
    int workers = WorkerCount.of(words, slots);
    if (workers < slots) {
      log.info(
          "{} worker(s) where Spark runs {} tasks at once: more would be slower for {} words",
          workers,
          slots,
          words);
    }
    return workers;
  }

  private Future<Void> warmUp(NetworkSpec spec, int workers) {
    JavaSparkContext sc = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return trainer() == TrainConfig.Trainer.SPARSE
        ? SparseSparkTrainer.warmUp(sc, config, spec, workers)
        : CompletableFuture.completedFuture(null);
  }

  /**
   * Threads that train beside the compiler take its cores, and come to little until it is done. Its
   * failure has been told, and training goes on without.
   */
  private static void await(Future<Void> warm) {
    try {
      warm.get(MOST_WARM_UP.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.debug("Training begins before the kernel is compiled", e);
    }
  }

  private Trainer trainerFor(NetworkSpec spec, TrainingData data) {
    if (data.counts().trainingExamples() == 0) {
      throw new JobException(
          "%s holds %d examples and train.validation-fraction = %s leaves none to train on"
              .formatted(
                  encodedPath, data.counts().validationExamples(), config.validationFraction()));
    }
    if (data.counts().trainingWeight() == 0) {
      throw new JobException(
          "%s holds %d training examples, and all of them weigh 0: there is nothing to learn from."
                  .formatted(encodedPath, data.counts().trainingExamples())
              + " Look at the weight column (input.weight-column)");
    }
    JavaSparkContext sc = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return trainer() == TrainConfig.Trainer.DL4J
        ? new Dl4jTrainer(sc, config, NetworkParameters.initial(spec, config.seed()), data)
        : new SparseSparkTrainer(sc, config, spec, data);
  }

  private TrainResult publish(
      BundleWriter bundle,
      BestEpoch best,
      int epochs,
      TrainingData.Counts counts,
      StageRecord encoded,
      Vocabulary vocabulary,
      Labels labels) {
    try (OutputStream out = bundle.file(Bundle.NETWORK)) {
      Dl4jNetwork.write(best.parameters(), out);
      VocabularyFiles.write(vocabulary, bundle.file(Bundle.VOCABULARY));
      VocabularyFiles.write(labels, bundle.file(Bundle.LABELS));
    } catch (IOException | FSError e) {
      throw new JobException(
          "Cannot write the model %s to %s: %s"
              .formatted(model.name(), model.path(), e.getMessage()),
          e);
    }
    ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    best.validation().ifPresent(validation -> metrics.set("validation", validation.toJson()));
    bundle.metrics(metrics);
    Bundle published = versions().publish(bundle, description(best, counts, encoded));
    log.info(
        "published {} version {}, epoch {} of {}",
        model.name(),
        published.manifest().version(),
        best.epoch(),
        epochs);
    return new TrainResult(
        model.name(),
        published.manifest().version(),
        published.path().toString(),
        epochs,
        best.epoch(),
        best.validation());
  }

  private ModelDescription description(
      BestEpoch best, TrainingData.Counts counts, StageRecord encoded) {
    List<InputSource> inputs =
        encoded.inputs().entrySet().stream()
            .map(input -> new InputSource(input.getKey(), input.getValue(), counts.examples()))
            .toList();
    Map<String, Long> rows = new LinkedHashMap<>(encoded.counts());
    rows.put("training_examples", counts.trainingExamples());
    rows.put("validation_examples", counts.validationExamples());
    rows.put("best_epoch", (long) best.epoch());
    Map<String, Double> headline = new LinkedHashMap<>();
    best.validation()
        .ifPresent(validation -> headline.put("validation_accuracy", validation.accuracy()));
    return new ModelDescription(
        best.parameters().spec(),
        encoded.text(),
        new Training(
            Settings.nameOf(trainer()),
            config.seed(),
            encoded.maxTokens(),
            configuration(),
            inputs,
            rows),
        BuildVersions.software(spark),
        headline);
  }

  private JsonNode configuration() {
    try {
      ObjectNode all = (ObjectNode) new ObjectMapper().readTree(settings.toJson());
      all.put("fingerprint", fingerprint());
      return all;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Settings render as valid JSON", e);
    }
  }
}
