package io.meanmax.config;

import java.util.List;

/**
 * What scoring writes.
 *
 * @param top labels a document gets, best first
 * @param keepColumns columns of the documents' table that stand beside the predictions
 */
public record ScoreConfig(int top, List<String> keepColumns) {

  /** Reads {@code score.*}. */
  public static ScoreConfig from(Settings settings) {
    return new ScoreConfig(
        settings.integer("score.top", 1, 1_000_000), settings.names("score.keep-columns"));
  }
}
