package io.meanmax.text;

import java.util.List;
import java.util.Set;

/** Cleans a text, splits it, and removes stop words. */
final class PipelineTokenizer implements Tokenizer {

  private final TextCleaner cleaner;
  private final Tokenizer splitter;
  private final Set<String> stopWords;

  PipelineTokenizer(TextCleaner cleaner, Tokenizer splitter, Set<String> stopWords) {
    this.cleaner = cleaner;
    this.splitter = splitter;
    this.stopWords = stopWords;
  }

  @Override
  public List<String> tokenize(String text) {
    List<String> tokens = splitter.tokenize(cleaner.clean(text));
    if (!stopWords.isEmpty()) {
      tokens.removeIf(stopWords::contains);
    }
    return tokens;
  }
}
