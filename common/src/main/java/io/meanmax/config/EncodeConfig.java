package io.meanmax.config;

/**
 * What a network sees of a document.
 *
 * @param maxTokens tokens after these many are cut
 */
public record EncodeConfig(int maxTokens) {

  /** Reads {@code encode.*} and {@code features.*}. */
  public static EncodeConfig from(Settings settings) {
    settings.integer("features.word-ngrams", 1, 1);
    return new EncodeConfig(settings.integer("encode.max-tokens", 1, 1_000_000));
  }
}
