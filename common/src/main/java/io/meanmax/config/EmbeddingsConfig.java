package io.meanmax.config;

import java.util.List;

/**
 * Which vectors are written.
 *
 * @param words whether word vectors are
 * @param documents whether vectors of the input's documents are
 * @param keepColumns columns of the documents' table that stand beside the documents' vectors
 */
public record EmbeddingsConfig(boolean words, boolean documents, List<String> keepColumns) {

  /** Reads {@code embeddings.*}. */
  public static EmbeddingsConfig from(Settings settings) {
    EmbeddingsConfig config =
        new EmbeddingsConfig(
            settings.flag("embeddings.words"),
            settings.flag("embeddings.documents"),
            settings.names("embeddings.keep-columns"));
    if (!config.words && !config.documents) {
      throw new ConfigurationException(
          "embeddings.words and embeddings.documents are both false: nothing to write");
    }
    return config;
  }
}
