package io.meanmax.config;

import java.util.OptionalInt;

/**
 * How often a training writes down where it stands.
 *
 * @param everyEpochs epochs from one checkpoint to the next, 0: never; empty: 1 on a cluster, 0 on
 *     a local master
 */
public record CheckpointConfig(OptionalInt everyEpochs) {

  /** Reads {@code train.checkpoint-every-epochs}. */
  public static CheckpointConfig from(Settings settings) {
    return new CheckpointConfig(
        settings.integerOrAuto("train.checkpoint-every-epochs", 0, 1_000_000));
  }
}
