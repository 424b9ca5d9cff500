package io.meanmax.job.generate;

import io.meanmax.config.GenerateConfig;
import java.io.Serializable;

/**
 * The words of the corpus by frequency rank, 1 upwards. What a word is follows from seed and rank
 * alone, so nothing has to be kept of millions of them: a noise word is said at every age alike,
 * any other has a peak age, which its spelling ends with, and a width.
 */
final class Words implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String[] CONSONANTS = {
    "b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "ch", "sh"
  };
  private static final String[] VOWELS = {"a", "e", "i", "o", "u"};
  private static final int SYLLABLES = CONSONANTS.length * VOWELS.length;

  /** How much a noise word is said at any age, as a share of a peak word at its peak. */
  private static final double NOISE_LEVEL = 0.3;

  /** How much a word is said far from its peak age. */
  private static final double FLOOR = 0.02;

  private static final double NARROWEST_YEARS = 2;
  private static final double WIDEST_YEARS = 10;

  private final long seed;
  private final double noiseShare;

  Words(GenerateConfig config) {
    this.seed = config.seed();
    this.noiseShare = config.noiseWords();
  }

  /** How readily a word is said at an age, 0 to 1. */
  double readiness(int rank, int age) {
    if (isNoise(rank)) {
      return NOISE_LEVEL;
    }
    double years = (age - peakAge(rank)) / width(rank);
    return FLOOR + (1 - FLOOR) * Math.exp(-years * years / 2);
  }

  boolean isNoise(int rank) {
    return uniform(rank, 1) < noiseShare;
  }

  int peakAge(int rank) {
    return Ages.YOUNGEST + (int) (uniform(rank, 2) * (Ages.OLDEST - Ages.YOUNGEST + 1));
  }

  private double width(int rank) {
    return NARROWEST_YEARS + uniform(rank, 3) * (WIDEST_YEARS - NARROWEST_YEARS);
  }

  /** The spelling: the rank in base 80 as syllables, then the peak age where there is one. */
  String spelling(int rank) {
    StringBuilder word = new StringBuilder();
    int rest = rank + SYLLABLES;
    while (rest > 0) {
      int syllable = rest % SYLLABLES;
      word.append(CONSONANTS[syllable / VOWELS.length]).append(VOWELS[syllable % VOWELS.length]);
      rest /= SYLLABLES;
    }
    if (!isNoise(rank)) {
      word.append('_').append(peakAge(rank));
    }
    return word.toString();
  }

  private double uniform(int rank, int purpose) {
    return (Mixer.mix(seed, rank, purpose) >>> 11) * 0x1.0p-53;
  }
}
