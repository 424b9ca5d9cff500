package io.meanmax.config;

import java.util.OptionalInt;

/**
 * How a network is trained.
 *
 * @param trainer which trainer
 * @param epochs passes over the training data
 * @param batchSize examples in a step of one worker
 * @param workers how many train side by side; empty: as many as Spark runs tasks at once
 * @param averagingFrequency steps of a worker between two averagings
 * @param optimizer rule that turns gradients into updates
 * @param learningRate first learning rate
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
    Optimizer optimizer,
    double learningRate,
    Decay learningRateDecay,
    double validationFraction,
    int patience,
    long seed) {

  /** Which trainer fits the network. */
  public enum Trainer {
    DL4J
  }

  /** Rule that turns gradients into updates. */
  public enum Optimizer {
    ADAM,
    ADAGRAD,
    SGD
  }

  /** How the learning rate changes over training. */
  public enum Decay {
    LINEAR,
    CONSTANT
  }

  /** Reads {@code train.*}. */
  public static TrainConfig from(Settings settings) {
    Integer workers = settings.integerOrAuto("train.workers", 1, 100_000);
    return new TrainConfig(
        settings.choice("train.trainer", Trainer.class),
        settings.integer("train.epochs", 1, 1_000_000),
        settings.integer("train.batch-size", 1, 1_000_000),
        workers == null ? OptionalInt.empty() : OptionalInt.of(workers),
        settings.integer("train.averaging-frequency", 1, 1_000_000),
        settings.choice("train.optimizer", Optimizer.class),
        settings.number("train.learning-rate", Double.MIN_NORMAL, 1e6),
        settings.choice("train.learning-rate-decay", Decay.class),
        settings.number("train.validation-fraction", 0, 0.5),
        settings.integer("train.patience", 0, 1_000_000),
        settings.integer("train.seed", Long.MIN_VALUE, Long.MAX_VALUE));
  }
}
