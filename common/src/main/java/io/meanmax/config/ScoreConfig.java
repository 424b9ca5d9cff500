package io.meanmax.config;

/**
 * What scoring writes.
 *
 * @param top labels a document gets, best first
 */
public record ScoreConfig(int top) {

  /** Reads {@code score.*}. */
  public static ScoreConfig from(Settings settings) {
    return new ScoreConfig(settings.integer("score.top", 1, 1_000_000));
  }
}
