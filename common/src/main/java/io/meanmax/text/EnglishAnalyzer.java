package io.meanmax.text;

import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/** The chain behind {@link TokenizerSpec.English}. */
final class EnglishAnalyzer extends Analyzer {

  /** In chars. Lucene's default of 255 would split long URLs and encoded data into odd pieces. */
  private static final int MAX_TOKEN_LENGTH = 32_768;

  private final CharArraySet stopWords;

  EnglishAnalyzer(Set<String> stopWords) {
    this.stopWords = new CharArraySet(stopWords, true);
  }

  @Override
  protected TokenStreamComponents createComponents(String field) {
    StandardTokenizer words = new StandardTokenizer();
    words.setMaxTokenLength(MAX_TOKEN_LENGTH);
    TokenStream tokens = new LowerCaseFilter(new EnglishPossessiveFilter(words));
    // Before the stems, so that a stop word is written as it stands in the text.
    tokens = new PorterStemFilter(new StopFilter(tokens, stopWords));
    return new TokenStreamComponents(words, tokens);
  }
}
