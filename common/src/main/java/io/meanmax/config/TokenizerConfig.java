package io.meanmax.config;

import io.meanmax.text.AnalysisFactory;
import io.meanmax.text.CaseFolding;
import io.meanmax.text.Normalization;
import io.meanmax.text.TextPipeline;
import io.meanmax.text.TokenizerSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How text becomes tokens, without the words of the stop-word file.
 *
 * @param tokenizer how text is split
 * @param normalization the Unicode form it is brought to first
 * @param caseFolding whether case makes a difference
 * @param stopWords path of the stop-word file, or null
 */
public record TokenizerConfig(
    TokenizerSpec tokenizer,
    Normalization normalization,
    CaseFolding caseFolding,
    String stopWords) {

  private static final String LUCENE_TOKENIZER = "tokenizer.lucene.tokenizer";
  private static final String LUCENE_FILTERS = "tokenizer.lucene.filters";

  private enum Kind {
    WHITESPACE,
    CHARACTERS,
    ENGLISH,
    CHINESE,
    LUCENE
  }

  /** Reads {@code tokenizer.*}, and opens the tokenizer once so that a bad chain is noticed now. */
  public static TokenizerConfig from(Settings settings) {
    TokenizerConfig config =
        new TokenizerConfig(
            tokenizer(settings),
            settings.choice("tokenizer.normalization", Normalization.class),
            settings.flag("tokenizer.lower-case") ? CaseFolding.LOWER_CASE : CaseFolding.NONE,
            settings.textOrNull("tokenizer.stop-words"));
    try {
      config.pipeline(List.of()).open();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("tokenizer.lucene: " + e.getMessage(), e);
    }
    return config;
  }

  private static TokenizerSpec tokenizer(Settings settings) {
    return switch (settings.choice("tokenizer.kind", Kind.class)) {
      case WHITESPACE -> new TokenizerSpec.Whitespace();
      case CHARACTERS -> new TokenizerSpec.Characters();
      case ENGLISH -> new TokenizerSpec.English();
      case CHINESE -> new TokenizerSpec.Chinese();
      case LUCENE ->
          new TokenizerSpec.Lucene(
              List.of(),
              factory(settings.object(LUCENE_TOKENIZER), LUCENE_TOKENIZER, "standard"),
              settings.objects(LUCENE_FILTERS).stream()
                  .map(filter -> factory(filter, LUCENE_FILTERS, "lowercase"))
                  .toList());
    };
  }

  private static AnalysisFactory factory(Map<String, String> object, String key, String example) {
    Map<String, String> parameters = new TreeMap<>(object);
    String name = parameters.remove("name");
    if (name == null) {
      throw new ConfigurationException(
          key + ": " + object + " has no name, for instance { name = " + example + " }");
    }
    return new AnalysisFactory(name, parameters);
  }

  /** The whole pipeline, with these stop words. */
  public TextPipeline pipeline(List<String> words) {
    return new TextPipeline(tokenizer, normalization, caseFolding, words);
  }
}
