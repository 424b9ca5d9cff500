package io.meanmax.config;

import io.meanmax.vocabulary.LabelWeighting;

/**
 * Which tokens get an id, and how labels weigh.
 *
 * @param minCount least count of a token that gets an id
 * @param maxSize most tokens kept
 * @param labelWeighting weight of an example by its label's count
 */
public record VocabularyConfig(int minCount, int maxSize, LabelWeighting labelWeighting) {

  /** Reads {@code vocabulary.*}. */
  public static VocabularyConfig from(Settings settings) {
    return new VocabularyConfig(
        settings.integer("vocabulary.min-count", 1, Integer.MAX_VALUE),
        settings.integer("vocabulary.max-size", 1, 16_000_000),
        new LabelWeighting(
            settings.choice("vocabulary.label-weights", LabelWeighting.Rule.class),
            scale(settings)));
  }

  private static double scale(Settings settings) {
    String key = "vocabulary.label-weight-scale";
    try {
      if (settings.text(key).equals("normalized")) {
        return LabelWeighting.NORMALIZED;
      }
      return settings.number(key, Double.MIN_NORMAL, Double.MAX_VALUE);
    } catch (ConfigurationException e) {
      throw settings.wrong(key, "normalized or a number above 0", e);
    }
  }
}
