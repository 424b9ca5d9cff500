package io.meanmax.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharFilterFactory;
import org.apache.lucene.analysis.TokenFilterFactory;
import org.apache.lucene.analysis.TokenizerFactory;
import org.apache.lucene.analysis.custom.CustomAnalyzer;

/** Builds the analyzer that a {@link TokenizerSpec.Lucene} names. */
final class LuceneChain {

  private LuceneChain() {}

  /**
   * The analyzer of {@code spec}.
   *
   * @throws IllegalArgumentException if Lucene knows no factory of a name, or a factory refuses its
   *     parameters
   */
  static Analyzer build(TokenizerSpec.Lucene spec) {
    CustomAnalyzer.Builder chain = CustomAnalyzer.builder();
    for (AnalysisFactory factory : spec.charFilters()) {
      add("char filter", factory, CharFilterFactory.availableCharFilters(), chain::addCharFilter);
    }
    add(
        "tokenizer",
        spec.tokenizer(),
        TokenizerFactory.availableTokenizers(),
        chain::withTokenizer);
    for (AnalysisFactory factory : spec.tokenFilters()) {
      add(
          "token filter",
          factory,
          TokenFilterFactory.availableTokenFilters(),
          chain::addTokenFilter);
    }
    return chain.build();
  }

  /** Lets a builder add the factory of this name, with parameters that it may change. */
  @FunctionalInterface
  private interface Step {
    void add(String name, Map<String, String> parameters) throws IOException;
  }

  private static void add(String part, AnalysisFactory factory, Set<String> available, Step step) {
    String name = factory.name();
    if (available.stream().noneMatch(name::equalsIgnoreCase)) {
      throw new IllegalArgumentException(unknown(part, name, available));
    }
    try {
      step.add(name, new HashMap<>(factory.parameters()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Lucene %s '%s' refuses its parameters %s: %s"
              .formatted(part, name, factory.parameters(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Lucene %s '%s' cannot read what its parameters %s name"
              .formatted(part, name, factory.parameters()),
          e);
    }
  }

  private static String unknown(String part, String name, Set<String> available) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String nearest =
        available.stream()
            .sorted()
            .min(Comparator.comparing(known -> distance.apply(folded(known), folded(name))))
            .orElse("");
    return "Unknown Lucene %s '%s'; the nearest is '%s', available are %s"
        .formatted(part, name, nearest, new TreeSet<>(available));
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
