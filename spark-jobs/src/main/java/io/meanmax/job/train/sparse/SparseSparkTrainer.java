package io.meanmax.job.train.sparse;

import io.meanmax.config.TrainConfig;
import io.meanmax.encoding.EncodedExamples;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.Slots;
import io.meanmax.job.train.DivergedException;
import io.meanmax.job.train.Pass;
import io.meanmax.job.train.Trainer;
import io.meanmax.job.train.TrainingData;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Pooling;
import io.meanmax.sparse.ModelChange;
import io.meanmax.sparse.ModelState;
import io.meanmax.sparse.RateSchedule;
import io.meanmax.sparse.SparseModel;
import io.meanmax.sparse.SparseOptimizer;
import io.meanmax.sparse.WarmUp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the network with the sparse kernel. A round is one Spark stage with a task a worker, which
 * Spark sends to the executor that caches the worker's examples and so holds its replica. When a
 * round fails because an executor was lost, it is done again from the last merged model, which then
 * is sent whole; what the failed attempt trained is thrown away.
 *
 * <p>A driver that is the only worker, in a local session, trains without Spark: the examples are
 * in its own memory, and a job takes 30 to 60 ms, in which a processor trains on a million words.
 * Cancelling Spark's jobs does not end a round there; interrupting the thread that calls does.
 */
public final class SparseSparkTrainer implements Trainer {
  private static final Logger log = LoggerFactory.getLogger(SparseSparkTrainer.class);
  private static final int ATTEMPTS = 3;
  private static final String SPECULATION = "spark.speculation";
  private static final String INTERRUPT_ON_CANCEL = "spark.job.interruptOnCancel";

  /** What Spark says of a job that was ended by its page or by the program. */
  private static final Pattern CANCELLED = Pattern.compile("\\bJob \\d+ cancelled\\b");

  private final JavaSparkContext sc;
  private final TrainingData data;
  private final TrainConfig config;
  private RoundPlan plan;

  /** What the driver trains on where it is the only worker, until closed; else null. */
  private EncodedExamples ownExamples;

  private SparseModel model;
  private SharedChange merged;
  private int round;

  /** Whether the model was taken from a checkpoint, and no worker has it yet. */
  private boolean restored;

  /** What a round that is done came to: nothing is merged where the driver is the only worker. */
  private record Trained(List<RoundResult> results, List<ModelChange> merged, long received) {}

  /** A trainer that begins with the parameters that spec and seed give. */
  public SparseSparkTrainer(
      JavaSparkContext sc, TrainConfig config, NetworkSpec spec, TrainingData data) {
    this(sc, config, spec, data, OptionalInt.empty());
  }

  SparseSparkTrainer(
      JavaSparkContext sc,
      TrainConfig config,
      NetworkSpec spec,
      TrainingData data,
      OptionalInt pieceRows) {
    this.sc = sc;
    this.data = data;
    this.config = config;
    int workers = data.training().getNumPartitions();
    boolean aloneInDriver = aloneInDriver(sc, workers);
    this.model = SparseModel.initial(spec, config.seed(), optimizer(config));
    this.plan =
        new RoundPlan(
            UUID.randomUUID().toString(),
            spec,
            config.seed(),
            config.epochs(),
            aloneInDriver
                ? Rounds.even(1)
                : Rounds.of(config, workers, data.counts().mostExamples()),
            threads(sc, config, workers),
            optimizer(config),
            schedule(config, spec.pooling()),
            pieceRows.orElseGet(() -> pieceRows(spec.vocabularySize())));
    this.ownExamples = aloneInDriver ? ExamplesInDriver.of(data.training(), plan.run()) : null;
    Replicas.open(plan.run());
    if (!aloneInDriver && sc.getConf().getBoolean(SPECULATION, false)) {
      log.warn(
          "{} = true: a second copy of a slow worker's task has no model to go on with and fails,"
              + " and some failures end a round, which is then done again; turn it off for training",
          SPECULATION);
    }
  }

  /**
   * Has the kernel compiled in the background, if the driver is to train by itself.
   *
   * @return done when it is
   */
  public static Future<Void> warmUp(
      JavaSparkContext sc, TrainConfig config, NetworkSpec spec, int workers) {
    return aloneInDriver(sc, workers)
        ? WarmUp.start(spec, optimizer(config), threads(sc, config, workers))
        : CompletableFuture.completedFuture(null);
  }

  private static boolean aloneInDriver(JavaSparkContext sc, int workers) {
    return sc.isLocal() && workers == 1;
  }

  /** Names its replicas. */
  String run() {
    return plan.run();
  }

  private int pieceRows(int rows) {
    long row = ModelChange.bytesOfRow(model);
    return (int) Math.max(1, Math.min(rows, ModelChange.bytesOfPiece(rows * row) / row));
  }

  private static int threads(JavaSparkContext sc, TrainConfig config, int workers) {
    return config
        .threadsPerWorker()
        .orElseGet(
            () ->
                sc.isLocal()
                    ? Math.max(1, Slots.of(sc.sc()) * Slots.coresOfTask(sc.sc()) / workers)
                    : Slots.coresOfTask(sc.sc()));
  }

  private static SparseOptimizer optimizer(TrainConfig config) {
    return switch (config.optimizer().orElse(TrainConfig.Optimizer.ADAGRAD)) {
      case ADAGRAD -> SparseOptimizer.ADAGRAD;
      case SGD -> SparseOptimizer.SGD;
      case ADAM -> SparseOptimizer.ADAM;
    };
  }

  static RateSchedule schedule(TrainConfig config, Pooling pooling) {
    double rate =
        config
            .learningRate()
            .orElseGet(
                () ->
                    switch (optimizer(config)) {
                      case ADAGRAD, SGD -> pooling instanceof Pooling.Mean ? 0.5 : 0.1;
                      case ADAM -> 0.01;
                    });
    return new RateSchedule(rate, config.learningRateDecay());
  }

  @Override
  public Pass epoch(int epoch) {
    long examples = 0;
    double loss = 0;
    double weight = 0;
    for (int part = 0; part < plan.rounds().of(epoch); part++) {
      for (RoundResult result : round(epoch)) {
        examples += result.examples();
        loss += result.loss();
        weight += result.weight();
      }
    }
    return new Pass(loss / weight, examples);
  }

  private List<RoundResult> round(int epoch) {
    long started = System.nanoTime();
    Trained trained = trainUntilDone(epoch);
    takeOver(trained.merged());
    restored = false;
    RoundFigures.show(
        trained.results(), trained.received(), merged, (System.nanoTime() - started) / 1e9);
    round++;
    return trained.results();
  }

  private Trained trainUntilDone(int epoch) {
    for (int attempt = 1; ; attempt++) {
      boolean sendEverything = attempt > 1 || restored;
      if (sendEverything) {
        renameReplicas();
      }
      try (SharedChange everything = sendEverything ? everything() : null) {
        TrainRound work = new TrainRound(plan, round, merged, everything);
        if (ownExamples != null) {
          return new Trained(List.of(work.alone(ownExamples, model)), List.of(), 0);
        }
        List<RoundResult> results = results(work);
        RoundMerge merge = new RoundMerge(plan, data.training(), model, config.mergeRule());
        return new Trained(results, merge.merged(round, results), merge.received());
      } catch (Exception e) {
        // Spark throws the checked SparkException here without declaring it to Java.
        Optional<DivergedException> diverged =
            DivergedException.of(e, epoch, plan.rounds().partOf(round));
        if (diverged.isPresent()) {
          throw diverged.get();
        }
        if (isCancelled(e)) {
          throw new JobException(
              "Training was cancelled in epoch %d, and nothing was published: %s"
                  .formatted(epoch + 1, e.getMessage()),
              e);
        }
        if (attempt == ATTEMPTS || ownExamples != null || cannotGoOn(e)) {
          throw e instanceof RuntimeException known
              ? known
              : new IllegalStateException("Training failed in epoch %d".formatted(epoch + 1), e);
        }
        RoundFigures.repeated();
        log.warn(
            "Round {} failed and is done again from the last merged model: {}",
            round,
            e.getMessage() == null ? e : e.getMessage().lines().findFirst().orElse(""));
      }
    }
  }

  /** Tasks of a round that is given up end within a block of examples. */
  private List<RoundResult> results(TrainRound work) {
    String before = sc.getLocalProperty(INTERRUPT_ON_CANCEL);
    sc.setLocalProperty(INTERRUPT_ON_CANCEL, "true");
    try {
      return data.training().mapPartitions(work).collect();
    } finally {
      sc.setLocalProperty(INTERRUPT_ON_CANCEL, before);
    }
  }

  /**
   * Before every worker gets a new model: what a task of a round that was given up makes of an old
   * one is then taken by nobody for the round that was done again.
   */
  private void renameReplicas() {
    Replicas.close(plan.run());
    plan = plan.withRun(UUID.randomUUID().toString());
    Replicas.open(plan.run());
  }

  private boolean isCancelled(Exception failure) {
    return !sc.sc().isStopped()
        && failure.getMessage() != null
        && CANCELLED.matcher(failure.getMessage()).find();
  }

  /** Whether it was stopped from outside, rather than lost a worker. */
  private boolean cannotGoOn(Exception failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return true;
    }
    return sc.sc().isStopped();
  }

  /** The last merged model with its optimiser state. */
  private SharedChange everything() {
    int rows = plan.spec().vocabularySize();
    return SharedChange.of(
        sc,
        IntStream.iterate(0, from -> from < rows, plan::pieceEnd)
            .mapToObj(from -> model.rows(from, plan.pieceEnd(from))));
  }

  /** Updates the model, and shares what changed for the next round. */
  private void takeOver(List<ModelChange> pieces) {
    if (merged != null) {
      merged.close();
      merged = null;
    }
    if (!pieces.isEmpty()) {
      pieces.forEach(piece -> piece.applyTo(model));
      merged = SharedChange.of(sc, pieces.stream());
    }
  }

  @Override
  public NetworkParameters parameters() {
    return model.parameters();
  }

  @Override
  public void save(DataOutput out) throws IOException {
    ModelState.write(model, out);
  }

  @Override
  public void restore(DataInput in, int epochs) throws IOException {
    SparseModel found = SparseModel.zeros(plan.spec(), plan.optimizer());
    ModelState.read(found, in);
    model = found;
    round = plan.rounds().before(epochs);
    restored = ownExamples == null;
  }

  @Override
  public void close() {
    if (merged != null) {
      merged.close();
    }
    ownExamples = null;
    JavaRDD<?> workers = data.training();
    Replicas.close(plan.run());
    if (!sc.isLocal()) {
      HashSet<String> others = new HashSet<>(Replicas.openRuns());
      boolean interrupted = Thread.interrupted(); // Else Spark would not run this either.
      try {
        workers.foreachPartition(part -> Replicas.dropAllBut(others));
      } catch (Exception e) {
        // What was trained stays good; the executors' next training, or their end, frees the rest.
        log.warn("Cannot free the workers' models of this training: {}", e.toString());
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
