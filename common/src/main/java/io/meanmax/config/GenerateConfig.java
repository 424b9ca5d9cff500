package io.meanmax.config;

/**
 * The synthetic age-from-text corpus.
 *
 * @param documents how many
 * @param firstDocument number of the first
 * @param vocabularySize different words
 * @param zipfExponent of word frequencies, above 0
 * @param noiseWords share of words, 0 to 1, that say nothing of the age
 * @param medianLength words of the median document
 * @param maxLength most words of a document
 * @param format of the files
 * @param files how many
 * @param seed of everything drawn
 */
public record GenerateConfig(
    long documents,
    long firstDocument,
    int vocabularySize,
    double zipfExponent,
    double noiseWords,
    int medianLength,
    int maxLength,
    Format format,
    int files,
    long seed)
    implements java.io.Serializable {

  /** How the corpus is written. */
  public enum Format {
    FASTTEXT,
    PARQUET
  }

  /** Reads {@code generate.*}. */
  public static GenerateConfig from(Settings settings) {
    int maxLength = settings.integer("generate.max-length", 1, 100_000);
    return new GenerateConfig(
        settings.integer("generate.documents", 1L, Long.MAX_VALUE / 4),
        settings.integer("generate.first-document", 0L, Long.MAX_VALUE / 4),
        settings.integer("generate.vocabulary-size", 2, 20_000_000),
        settings.number("generate.zipf-exponent", 0.01, 10),
        settings.number("generate.noise-words", 0, 1),
        settings.integer("generate.median-length", 1, maxLength),
        maxLength,
        settings.choice("generate.format", Format.class),
        settings.integer("generate.files", 1, 100_000),
        settings.integer("generate.seed", Long.MIN_VALUE, Long.MAX_VALUE));
  }
}
