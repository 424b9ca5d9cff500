package io.meanmax.config;

/**
 * Which vectors are written.
 *
 * @param words whether word vectors are
 * @param documents whether vectors of the input's documents are
 */
public record EmbeddingsConfig(boolean words, boolean documents) {

  /** Reads {@code embeddings.*}. */
  public static EmbeddingsConfig from(Settings settings) {
    EmbeddingsConfig config =
        new EmbeddingsConfig(
            settings.flag("embeddings.words"), settings.flag("embeddings.documents"));
    if (!config.words && !config.documents) {
      throw new ConfigurationException(
          "embeddings.words and embeddings.documents are both false: nothing to write");
    }
    return config;
  }
}
