package io.meanmax.job.train.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.config.TrainConfig;
import io.meanmax.encoding.EncodedExamples;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.testing.SparkExtension;
import io.meanmax.job.train.Pass;
import io.meanmax.job.train.TrainingData;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.Pooling;
import io.meanmax.sparse.RateSchedule;
import io.meanmax.sparse.SparseModel;
import io.meanmax.sparse.SparseOptimizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class SparseSparkTrainerTest {
  private static final double A_FEW_POINTS = 0.03;

  @ParameterizedTest
  @CsvSource({
    "1, touched",
    "2, touched",
    "4, touched",
    "8, touched",
    "2, sum",
    "4, sum",
    "8, sum",
    "4, all",
    "2, norm",
    "4, norm",
    "8, norm"
  })
  void workers_learnAlmostAsWellAsOne(int workers, String rule, SparkSession spark) {
    JavaSparkContext sc = Workers.context(spark);
    TrainConfig config = Workers.config("train.merge-rule=" + rule);
    EncodedExamples test = Workers.examples(500, 2);
    double alone = Workers.accuracy(Workers.trained(sc, Workers.deal(1600, 1, 1), config), test);
    double together =
        Workers.accuracy(Workers.trained(sc, Workers.deal(1600, workers, 1), config), test);
    assertThat(alone).isGreaterThan(0.97);
    assertThat(together).isGreaterThan(alone - A_FEW_POINTS);
  }

  /** The second worker has too few examples to touch more rows than travel together. */
  @ParameterizedTest
  @ValueSource(strings = {"norm", "touched"})
  void changesInPieces_comeToTheSameModel(String rule, SparkSession spark) {
    JavaSparkContext sc = Workers.context(spark);
    TrainConfig config = Workers.config("train.merge-rule=" + rule, "train.epochs=2");
    List<EncodedExamples> parts =
        List.of(Workers.examples(200, 1), Workers.examples(2, 2), Workers.examples(150, 3));
    try (SparseSparkTrainer whole =
            new SparseSparkTrainer(sc, config, Workers.SPEC, Workers.data(sc, parts));
        SparseSparkTrainer pieces =
            new SparseSparkTrainer(
                sc, config, Workers.SPEC, Workers.data(sc, parts), Workers.FEW_ROWS)) {
      assertThat(Workers.train(pieces, config)).isEqualTo(Workers.train(whole, config));
      assertThat(Workers.flat(pieces.parameters()))
          .containsExactly(Workers.flat(whole.parameters()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"adagrad", "sgd", "adam"})
  void optimizers_lowerTheLoss(String optimizer, SparkSession spark) {
    JavaSparkContext sc = Workers.context(spark);
    TrainConfig config = Workers.config("train.optimizer=" + optimizer);
    for (int workers : new int[] {1, 3}) {
      try (SparseSparkTrainer trainer =
          new SparseSparkTrainer(
              sc, config, Workers.SPEC, Workers.data(sc, Workers.deal(900, workers, 1)))) {
        List<Double> losses = Workers.train(trainer, config).stream().map(Pass::loss).toList();
        assertThat(losses.get(0)).isLessThan(1.2);
        assertThat(losses.get(5)).isLessThan(losses.get(0) * 0.9);
      }
    }
  }

  /** With 0.5 and maxima, SGD diverged on reuters_r8. */
  @ParameterizedTest
  @CsvSource({
    "adagrad, mean, 0.5",
    "adagrad, max, 0.1",
    "sgd, mean, 0.5",
    "sgd, mean-max, 0.1",
    "adam, mean-max, 0.01"
  })
  void rateThatNobodyGave_goesByOptimizerAndPooling(String optimizer, String pooling, float rate) {
    Pooling pools =
        switch (pooling) {
          case "mean" -> new Pooling.Mean();
          case "max" -> new Pooling.Max();
          default -> new Pooling.MeanMax();
        };
    TrainConfig config = Workers.config("train.optimizer=" + optimizer);
    assertThat(SparseSparkTrainer.schedule(config, pools).at(0)).isEqualTo(rate);
  }

  @Test
  void threadsOfAWorker_learn(SparkSession spark) {
    JavaSparkContext sc = Workers.context(spark);
    TrainConfig config = Workers.config("train.threads-per-worker=3");
    for (int workers : new int[] {1, 2}) {
      NetworkParameters trained = Workers.trained(sc, Workers.deal(1600, workers, 1), config);
      assertThat(Workers.accuracy(trained, Workers.examples(500, 2))).isGreaterThan(0.95);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void oneThreadAWorker_isDeterministic_byteForByte(int workers, SparkSession spark) {
    JavaSparkContext sc = Workers.context(spark);
    List<EncodedExamples> parts = Workers.deal(300, workers, 1);
    float[] once = Workers.flat(Workers.trained(sc, parts, Workers.config()));
    assertThat(Workers.flat(Workers.trained(sc, parts, Workers.config()))).containsExactly(once);
    assertThat(Workers.flat(Workers.trained(sc, parts, Workers.config("train.seed=2"))))
        .isNotEqualTo(once);
  }

  @Test
  void moreWorkersThanExamples_andMoreRounds_train(SparkSession spark) {
    JavaSparkContext sc = Workers.context(spark);
    TrainConfig config = Workers.config("train.rounds-per-epoch=5", "train.epochs=4");
    for (int examples : new int[] {1, 3, 8}) {
      try (SparseSparkTrainer trainer =
          new SparseSparkTrainer(
              sc, config, Workers.SPEC, Workers.data(sc, Workers.deal(examples, 8, 1)))) {
        List<Double> losses = Workers.train(trainer, config).stream().map(Pass::loss).toList();
        assertThat(losses).allSatisfy(loss -> assertThat(loss).isFinite());
        assertThat(losses.get(3)).isLessThan(losses.get(0));
      }
    }
  }

  @Test
  void examplesThatWeighNothing_changeNothing(SparkSession spark) {
    JavaSparkContext sc = Workers.context(spark);
    TrainConfig config = Workers.config("train.optimizer=adam");
    EncodedExamples real = Workers.examples(100, 1);
    EncodedExamples.Builder weightless = new EncodedExamples.Builder();
    for (int e = 0; e < 100; e++) {
      weightless.add(real.features(e), 0, 0);
    }
    EncodedExamples none = new EncodedExamples.Builder().build();
    float[] expected = Workers.flat(Workers.trained(sc, List.of(real, none), config));
    assertThat(Workers.flat(Workers.trained(sc, List.of(real, weightless.build()), config)))
        .containsExactly(expected);
  }

  @Test
  void parameters_areACopy(SparkSession spark) {
    JavaSparkContext sc = Workers.context(spark);
    for (int workers : new int[] {1, 2}) {
      try (SparseSparkTrainer trainer =
          new SparseSparkTrainer(
              sc, Workers.config(), Workers.SPEC, Workers.data(sc, Workers.deal(50, workers, 1)))) {
        trainer.epoch(0);
        NetworkParameters first = trainer.parameters();
        float[] then = Workers.flat(first);
        trainer.epoch(1);
        assertThat(Workers.flat(first)).containsExactly(then);
        assertThat(Workers.flat(trainer.parameters())).isNotEqualTo(then);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void checkpointCutOff_leavesTheModelAsItWas(int workers, SparkSession spark) throws IOException {
    JavaSparkContext sc = Workers.context(spark);
    List<EncodedExamples> parts = Workers.deal(100, workers, 1);
    TrainConfig config = Workers.config();
    byte[] whole;
    try (SparseSparkTrainer trainer =
        new SparseSparkTrainer(sc, config, Workers.SPEC, Workers.data(sc, parts))) {
      trainer.epoch(0);
      ByteArrayOutputStream saved = new ByteArrayOutputStream();
      trainer.save(new DataOutputStream(saved));
      whole = saved.toByteArray();
    }
    try (SparseSparkTrainer trainer =
        new SparseSparkTrainer(sc, config, Workers.SPEC, Workers.data(sc, parts))) {
      InputStream cutOff = new ByteArrayInputStream(whole, 0, whole.length / 2);
      assertThatThrownBy(() -> trainer.restore(new DataInputStream(cutOff), 1))
          .isInstanceOf(EOFException.class);
      Workers.train(trainer, config);
      assertThat(Workers.flat(trainer.parameters()))
          .containsExactly(Workers.flat(Workers.trained(sc, parts, config)));
    }
  }

  @Test
  void closing_freesTheModels_trainedOrNot(SparkSession spark) {
    JavaSparkContext sc = Workers.context(spark);
    TrainConfig config = Workers.config();
    List<EncodedExamples> parts = Workers.deal(50, 2, 1);
    for (int epochs = 0; epochs < 2; epochs++) {
      SparseSparkTrainer trainer =
          new SparseSparkTrainer(sc, config, Workers.SPEC, Workers.data(sc, parts));
      for (int epoch = 0; epoch < epochs; epoch++) {
        trainer.epoch(epoch);
      }
      int rounds = Rounds.of(config, 2, parts.get(0).size()).before(epochs);
      assertThat(Replicas.find(trainer.run(), 0, rounds) != null).isEqualTo(epochs > 0);
      trainer.close();
      assertThat(Replicas.find(trainer.run(), 0, rounds)).isNull();
    }
  }

  /** As Spark does where an executor fails in the first round. */
  @Test
  void firstTaskThatIsRunAgain_beginsWithAFreshModel(SparkSession spark) {
    JavaSparkContext sc = Workers.context(spark);
    List<EncodedExamples> parts = Workers.deal(100, 2, 1);
    TrainConfig config = Workers.config();
    try (SparseSparkTrainer trainer =
        new SparseSparkTrainer(sc, config, Workers.SPEC, Workers.data(sc, parts))) {
      SparseModel spoilt = SparseModel.zeros(Workers.SPEC, SparseOptimizer.ADAGRAD);
      Replicas.keep(trainer.run(), 0, spoilt, 0).begin();
      Workers.train(trainer, config);
      assertThat(Workers.flat(trainer.parameters()))
          .containsExactly(Workers.flat(Workers.trained(sc, parts, config)));
    }
  }

  /** From Spark's page, or by the program; as it is for a round that is given up. */
  @Test
  void cancelledJob_endsTheTraining_andItsTasks(SparkSession spark) throws InterruptedException {
    JavaSparkContext sc = Workers.context(spark);
    CountDownLatch ended = new CountDownLatch(2);
    SparkListener canceller =
        new SparkListener() {
          @Override
          public void onTaskStart(SparkListenerTaskStart start) {
            sc.cancelAllJobs();
          }

          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            ended.countDown();
          }
        };
    TrainingData data =
        Workers.data(
            sc,
            Workers.deal(100, 2, 1),
            examples -> {
              TimeUnit.MINUTES.sleep(5);
              return examples;
            });
    SparseSparkTrainer trainer = new SparseSparkTrainer(sc, Workers.config(), Workers.SPEC, data);
    sc.sc().addSparkListener(canceller);
    try {
      assertThatThrownBy(() -> trainer.epoch(0))
          .isInstanceOf(JobException.class)
          .hasMessageStartingWith(
              "Training was cancelled in epoch 1, and nothing was published: Job");
      assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      sc.sc().removeSparkListener(canceller);
      trainer.close();
    }
  }

  /** Its task may finish later, and say that the model has gone through the round. */
  @Test
  void modelOfARoundThatWasGivenUp_isNotTakenForThatOfTheNextOne(SparkSession spark) {
    JavaSparkContext sc = Workers.context(spark);
    List<EncodedExamples> parts = Workers.deal(100, 2, 1);
    TrainConfig config = Workers.config();
    try (SparseSparkTrainer trainer =
        new SparseSparkTrainer(sc, config, Workers.SPEC, Workers.data(sc, parts))) {
      trainer.epoch(0);
      String before = trainer.run();
      Replicas.Replica abandoned = Replicas.find(before, 0, 2);
      Replicas.keep(before, 1, SparseModel.zeros(Workers.SPEC, SparseOptimizer.ADAGRAD), -1);
      for (int epoch = 1; epoch < config.epochs(); epoch++) {
        trainer.epoch(epoch);
        abandoned.finish(2 * (epoch + 1));
      }
      assertThat(trainer.run()).isNotEqualTo(before);
      assertThat(Replicas.find(before, 0, 2 * config.epochs())).isNull();
      assertThat(Workers.flat(trainer.parameters()))
          .containsExactly(Workers.flat(Workers.trained(sc, parts, config)));
    }
  }

  /** Executors know of no training but by its tasks. */
  @Test
  void models_areDropped_ofTrainingsThatTheDriverHasClosed() {
    Replicas.open("going on");
    Replicas.keep("going on", 0, SparseModel.zeros(Workers.SPEC, SparseOptimizer.SGD), 3);
    Replicas.keep("over", 0, SparseModel.zeros(Workers.SPEC, SparseOptimizer.SGD), 3);
    Replicas.dropAllBut(Replicas.openRuns());
    assertThat(Replicas.find("over", 0, 3)).isNull();
    assertThat(Replicas.find("going on", 0, 3)).isNotNull();
    Replicas.close("going on");
    assertThat(Replicas.find("going on", 0, 3)).isNull();
  }

  /**
   * As Spark does where a task fails amid its examples, one of which has a label that there is not.
   */
  @Test
  void taskThatFailedWhileItTrained_isNotRunAgainWithTheModelThatItLeft() {
    EncodedExamples good = Workers.examples(200, 1);
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    for (int e = 0; e < good.size(); e++) {
      builder.add(good.features(e), e == good.size() / 2 ? -1 : good.label(e), 1);
    }
    EncodedExamples bad = builder.build();
    RoundPlan plan =
        new RoundPlan(
            "failing",
            Workers.SPEC,
            1,
            2,
            Rounds.even(1),
            1,
            SparseOptimizer.ADAGRAD,
            new RateSchedule(0.1, RateSchedule.Decay.LINEAR),
            Workers.SPEC.vocabularySize());
    Replicas.open(plan.run());
    try {
      new TrainRound(plan, 0, null, null).call(List.of(good).iterator());
      TrainRound next = new TrainRound(plan, 1, null, null);
      assertThatThrownBy(() -> next.call(List.of(bad).iterator()))
          .isInstanceOf(ArrayIndexOutOfBoundsException.class);
      assertThatThrownBy(() -> next.call(List.of(good).iterator()))
          .isInstanceOf(ReplicaLostException.class)
          .hasMessage("worker 0 has no model for round 1");
    } finally {
      Replicas.close(plan.run());
    }
  }

  /** Spark only hands it the examples. */
  @Test
  void driverAlone_trainsWithoutJobs(SparkSession spark) throws InterruptedException {
    JavaSparkContext sc = Workers.context(spark);
    TrainConfig config = Workers.config();
    TrainingData data = Workers.data(sc, Workers.deal(100, 1, 1));
    try (SparseSparkTrainer trainer = new SparseSparkTrainer(sc, config, Workers.SPEC, data)) {
      String group = "driverAlone";
      sc.setJobGroup(group, group);
      Workers.train(trainer, config);
      assertThat(sc.parallelize(List.of(1, 2)).count()).isEqualTo(2);
      // Spark notes its jobs some time after they are done, in their order.
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (sc.statusTracker().getJobIdsForGroup(group).length == 0
          && System.nanoTime() < deadline) {
        Thread.sleep(10);
      }
      assertThat(sc.statusTracker().getJobIdsForGroup(group)).hasSize(1);
    } finally {
      sc.clearJobGroup();
    }
  }
}
