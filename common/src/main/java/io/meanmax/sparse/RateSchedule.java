package io.meanmax.sparse;

import java.io.Serializable;

/**
 * The learning rate over training: {@code initial·(1 − progress)} where it falls linearly, as in
 * fastText, else {@code initial}.
 *
 * @param initial η at the beginning, above 0
 * @param decay how it goes on
 */
public record RateSchedule(double initial, Decay decay) implements Serializable {

  /** How the rate goes on. */
  public enum Decay {
    LINEAR,
    CONSTANT
  }

  /**
   * The rate at a point of training.
   *
   * @param progress 0 at the beginning to 1 at the end of the last epoch
   */
  public float at(double progress) {
    double left = decay == Decay.LINEAR ? Math.max(0, 1 - progress) : 1;
    return (float) (initial * left);
  }
}
