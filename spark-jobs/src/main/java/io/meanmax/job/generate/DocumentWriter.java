package io.meanmax.job.generate;

import io.meanmax.config.GenerateConfig;
import java.util.StringJoiner;
import org.apache.commons.math3.distribution.ZipfDistribution;
import org.apache.commons.math3.random.JDKRandomGenerator;

/**
 * Writes the documents of the corpus by number. A document depends on the seed and its number
 * alone. Not thread-safe.
 */
final class DocumentWriter {
  private static final double LENGTH_SIGMA = 0.8;

  private final GenerateConfig config;
  private final Words words;
  private final JDKRandomGenerator random = new JDKRandomGenerator();
  private final ZipfDistribution ranks;

  /**
   * A generated document.
   *
   * @param age its label
   * @param text its words
   */
  record Document(int age, String text) {}

  DocumentWriter(GenerateConfig config) {
    this.config = config;
    this.words = new Words(config);
    this.ranks = new ZipfDistribution(random, config.vocabularySize(), config.zipfExponent());
  }

  Document write(long number) {
    random.setSeed(Mixer.mix(config.seed(), number, 0));
    int age = Ages.draw(random);
    int length = length();
    StringJoiner text = new StringJoiner(" ");
    for (int i = 0; i < length; i++) {
      text.add(words.spelling(draw(age)));
    }
    return new Document(age, text.toString());
  }

  private int length() {
    double length = config.medianLength() * Math.exp(LENGTH_SIGMA * random.nextGaussian());
    return (int) Math.max(1, Math.min(config.maxLength(), Math.round(length)));
  }

  /** Frequent words are tried often, and said as readily as they are at this age. */
  private int draw(int age) {
    int rank = ranks.sample();
    while (random.nextDouble() >= words.readiness(rank, age)) {
      rank = ranks.sample();
    }
    return rank;
  }
}
