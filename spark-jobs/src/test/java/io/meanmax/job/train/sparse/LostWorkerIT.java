package io.meanmax.job.train.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.config.TrainConfig;
import io.meanmax.encoding.EncodedExamples;
import io.meanmax.job.testing.SparkExtension;
import io.meanmax.job.train.Pass;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A round that fails is done again, and nothing of it counts twice. */
@Tag("faults")
@ExtendWith(SparkExtension.class)
class LostWorkerIT {
  private static final int EXAMPLES = 240;
  private static final List<EncodedExamples> PARTS = Workers.deal(EXAMPLES, 3, 1);

  /** Fails tasks of one worker: those of some of its turns. */
  private static final class Fail implements Function<EncodedExamples, EncodedExamples> {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger TURN = new AtomicInteger();
    private final int worker;
    private final int firstTurn;
    private final int lastTurn;

    Fail(int worker, int firstTurn, int lastTurn) {
      TURN.set(0);
      this.worker = worker;
      this.firstTurn = firstTurn;
      this.lastTurn = lastTurn;
    }

    @Override
    public EncodedExamples call(EncodedExamples examples) {
      if (TaskContext.getPartitionId() == worker) {
        int turn = TURN.getAndIncrement();
        if (turn >= firstTurn && turn <= lastTurn) {
          throw new IllegalStateException("worker lost");
        }
      }
      return examples;
    }
  }

  private static SparseSparkTrainer trainer(SparkSession spark, TrainConfig config, Fail fail) {
    JavaSparkContext sc = Workers.context(spark);
    return new SparseSparkTrainer(sc, config, Workers.SPEC, Workers.data(sc, PARTS, fail));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 11})
  void roundThatFailed_isDoneAgain_withTheSameResult(int round, SparkSession spark) {
    for (String optimizer : List.of("adagrad", "sgd", "adam")) {
      TrainConfig config = Workers.config("train.optimizer=" + optimizer);
      float[] expected = Workers.flat(Workers.trained(Workers.context(spark), PARTS, config));
      for (int times = 1; times <= 2; times++) {
        for (int worker = 0; worker < 3; worker++) {
          Fail fail = new Fail(worker, round, round + times - 1);
          try (SparseSparkTrainer trainer = trainer(spark, config, fail)) {
            String lost = "%s, worker %d lost %d times".formatted(optimizer, worker, times);
            assertThat(Workers.train(trainer, config))
                .as(lost)
                .hasSize(config.epochs())
                .allMatch(pass -> pass.examples() == EXAMPLES);
            assertThat(Workers.flat(trainer.parameters())).as(lost).containsExactly(expected);
          }
        }
      }
    }
  }

  /** Pieces of a few rows: each round is a stage of training and five of handing over. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 6, 33})
  void roundThatFailed_whileItWasHandedOver_isDoneAgain(int stage, SparkSession spark) {
    TrainConfig config = Workers.config();
    JavaSparkContext sc = Workers.context(spark);
    float[] expected = Workers.flat(Workers.trained(sc, PARTS, config));
    for (int worker = 0; worker < 3; worker++) {
      Fail fail = new Fail(worker, stage, stage);
      try (SparseSparkTrainer trainer =
          new SparseSparkTrainer(
              sc, config, Workers.SPEC, Workers.data(sc, PARTS, fail), Workers.FEW_ROWS)) {
        assertThat(Workers.train(trainer, config)).allMatch(pass -> pass.examples() == EXAMPLES);
        assertThat(Workers.flat(trainer.parameters())).containsExactly(expected);
      }
    }
  }

  @Test
  void lossOfARoundDoneAgain_countsOnce(SparkSession spark) {
    TrainConfig config = Workers.config();
    List<Pass> expected;
    try (SparseSparkTrainer trainer = trainer(spark, config, new Fail(-1, 0, 0))) {
      expected = Workers.train(trainer, config);
    }
    try (SparseSparkTrainer trainer = trainer(spark, config, new Fail(2, 3, 4))) {
      assertThat(Workers.train(trainer, config)).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void replicasThatAreGone_areSentAnew(SparkSession spark) {
    TrainConfig config = Workers.config();
    float[] expected = Workers.flat(Workers.trained(Workers.context(spark), PARTS, config));
    try (SparseSparkTrainer trainer = trainer(spark, config, new Fail(-1, 0, 0))) {
      for (int epoch = 0; epoch < config.epochs(); epoch++) {
        assertThat(trainer.epoch(epoch).examples()).isEqualTo(EXAMPLES);
        Replicas.close(trainer.run());
      }
      assertThat(Workers.flat(trainer.parameters())).containsExactly(expected);
    }
  }

  @Test
  void workerThatFailsAgainAndAgain_failsTheTraining(SparkSession spark) {
    TrainConfig config = Workers.config();
    try (SparseSparkTrainer trainer = trainer(spark, config, new Fail(1, 2, 4))) {
      trainer.epoch(0);
      assertThatThrownBy(() -> trainer.epoch(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Training failed in epoch 2")
          .hasStackTraceContaining("worker lost");
    }
  }

  @Test
  void trainingsSideBySide_doNotTakeEachOthersReplicas(SparkSession spark) {
    JavaSparkContext sc = Workers.context(spark);
    TrainConfig config = Workers.config();
    for (int workers : new int[] {1, 2}) {
      List<EncodedExamples> parts = Workers.deal(100, workers, 1);
      float[] expected = Workers.flat(Workers.trained(sc, parts, config));
      try (SparseSparkTrainer one =
              new SparseSparkTrainer(sc, config, Workers.SPEC, Workers.data(sc, parts));
          SparseSparkTrainer two =
              new SparseSparkTrainer(sc, config, Workers.SPEC, Workers.data(sc, parts))) {
        for (int epoch = 0; epoch < config.epochs(); epoch++) {
          one.epoch(epoch);
          two.epoch(epoch);
          Replicas.Replica replica = Replicas.find(one.run(), 0, 2 * (epoch + 1));
          // A lone worker is the driver, and keeps none.
          assertThat(replica != null).isEqualTo(workers == 2);
        }
        assertThat(Workers.flat(one.parameters())).containsExactly(expected);
        assertThat(Workers.flat(two.parameters())).containsExactly(expected);
      }
    }
  }

  @Test
  void close_freesTheReplicas(SparkSession spark) {
    SparseSparkTrainer trainer = trainer(spark, Workers.config(), new Fail(-1, 0, 0));
    trainer.epoch(0);
    assertThat(Replicas.find(trainer.run(), 2, 2)).isNotNull();
    trainer.close();
    for (int worker = 0; worker < 3; worker++) {
      assertThat(Replicas.find(trainer.run(), worker, 2)).isNull();
    }
  }
}
