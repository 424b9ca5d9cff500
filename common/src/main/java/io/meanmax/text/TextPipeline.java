package io.meanmax.text;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The whole way from a text to its tokens: drop invisible characters, normalise, fold case, split,
 * remove stop words.
 *
 * <p>A value: it is stored with the model as JSON and travels to executors, and equal pipelines
 * give equal tokens. U+FEFF (byte order mark), U+2060 and U+00AD (soft hyphen) are dropped wherever
 * they stand, because words that look the same are to be the same.
 *
 * @param tokenizer how text is split
 * @param normalization the Unicode form of the text
 * @param caseFolding whether case makes a difference
 * @param stopWords words that are no tokens, in any spelling: they are normalised and folded like
 *     the text, and compared with whole tokens (before stemming, where the tokenizer stems); may be
 *     empty
 */
public record TextPipeline(
    TokenizerSpec tokenizer,
    Normalization normalization,
    CaseFolding caseFolding,
    List<String> stopWords)
    implements Serializable {

  public TextPipeline {
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(normalization, "normalization");
    Objects.requireNonNull(caseFolding, "caseFolding");
    stopWords = List.copyOf(stopWords);
  }

  /**
   * A new tokenizer that takes this way. Opening may read dictionaries; do it once a partition, not
   * once a text.
   *
   * @throws IllegalArgumentException if a Lucene chain names a factory or parameter that Lucene
   *     does not know
   */
  public Tokenizer open() {
    TextCleaner cleaner = new TextCleaner(normalization, caseFolding);
    Set<String> stops =
        stopWords.stream().map(cleaner::clean).collect(Collectors.toUnmodifiableSet());
    if (tokenizer instanceof TokenizerSpec.English) {
      return new PipelineTokenizer(
          cleaner, new LuceneTokenizer(new EnglishAnalyzer(stops)), Set.of());
    }
    Tokenizer pipeline = new PipelineTokenizer(cleaner, splitter(), stops);
    return tokenizer instanceof TokenizerSpec.Whitespace && stops.isEmpty()
        ? new Utf8Tokenizer(pipeline, caseFolding == CaseFolding.LOWER_CASE)
        : pipeline;
  }

  private Tokenizer splitter() {
    if (tokenizer instanceof TokenizerSpec.Whitespace) {
      return new WhitespaceTokenizer();
    }
    if (tokenizer instanceof TokenizerSpec.Characters) {
      return new CharactersTokenizer();
    }
    if (tokenizer instanceof TokenizerSpec.Chinese) {
      return new ChineseTokenizer();
    }
    if (tokenizer instanceof TokenizerSpec.Lucene chain) {
      return new LuceneTokenizer(LuceneChain.build(chain));
    }
    throw new IllegalStateException("No tokenizer for " + tokenizer);
  }
}
