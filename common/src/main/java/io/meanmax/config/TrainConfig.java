package io.meanmax.config;

import io.meanmax.sparse.ModelMerge;
import io.meanmax.sparse.RateSchedule;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a network is trained.
 *
 * @param trainer which trainer
 * @param epochs passes over the training data
 * @param batchSize examples in a step of one worker
 * @param workers how many train side by side; empty: as the trainer sees fit, at most as many as
 *     Spark runs tasks at once
 * @param averagingFrequency steps of a worker between two averagings
 * @param roundsPerEpoch sparse: how often an epoch its workers are merged
 * @param openingRounds sparse: short rounds that the first epoch opens with, at most
 * @param threadsPerWorker sparse: threads that share a worker's model; empty: the task's CPUs
 * @param mergeRule sparse: how what several workers changed is merged
 * @param optimizer rule that turns gradients into updates; empty: the trainer's own
 * @param learningRate first learning rate; empty: the one that suits trainer and optimizer
 * @param learningRateDecay how the learning rate goes on
 * @param validationFraction share of the documents, 0 to 0.5, that chooses the best epoch
 * @param patience epochs without a better validation accuracy before training stops; 0: never
 * @param seed of initial weights, split and order
 */
public record TrainConfig(
    Trainer trainer,
    int epochs,
    int batchSize,
    OptionalInt workers,
    int averagingFrequency,
    int roundsPerEpoch,
    int openingRounds,
    OptionalInt threadsPerWorker,
    ModelMerge.Rule mergeRule,
    Optional<Optimizer> optimizer,
    OptionalDouble learningRate,
    RateSchedule.Decay learningRateDecay,
    double validationFraction,
    int patience,
    long seed) {

  /** Which trainer fits the network. */
  public enum Trainer {
    /** {@code dl4j} where executors have GPUs, else {@code sparse}. */
    AUTO,
    /** Deeplearning4j's parameter averaging. */
    DL4J,
    /** The kernel that touches only the rows a document uses. */
    SPARSE
  }

  /** Rule that turns gradients into updates. */
  public enum Optimizer {
    ADAM,
    ADAGRAD,
    SGD
  }

  /** Reads {@code train.*}. */
  public static TrainConfig from(Settings settings) {
    return new TrainConfig(
        settings.choice("train.trainer", Trainer.class),
        settings.integer("train.epochs", 1, 1_000_000),
        settings.integer("train.batch-size", 1, 1_000_000),
        settings.integerOrAuto("train.workers", 1, 100_000),
        settings.integer("train.averaging-frequency", 1, 1_000_000),
        settings.integer("train.rounds-per-epoch", 1, 1_000_000),
        settings.integer("train.opening-rounds", 0, 1_000_000),
        settings.integerOrAuto("train.threads-per-worker", 1, 1024),
        settings.choice("train.merge-rule", ModelMerge.Rule.class),
        settings.choiceOrAuto("train.optimizer", Optimizer.class),
        settings.numberOrAuto("train.learning-rate", Double.MIN_NORMAL, 1e6),
        settings.choice("train.learning-rate-decay", RateSchedule.Decay.class),
        settings.number("train.validation-fraction", 0, 0.5),
        settings.integer("train.patience", 0, 1_000_000),
        settings.integer("train.seed", Long.MIN_VALUE, Long.MAX_VALUE));
  }
}
