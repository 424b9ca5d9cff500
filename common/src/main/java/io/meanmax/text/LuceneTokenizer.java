package io.meanmax.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Tokens from a Lucene analyzer: their terms in order, positions and offsets set aside.
 *
 * <p>White space inside a term, as shingles have it, becomes {@code _}; empty terms are dropped.
 */
final class LuceneTokenizer implements Tokenizer {

  private final Analyzer analyzer;

  LuceneTokenizer(Analyzer analyzer) {
    this.analyzer = analyzer;
  }

  @Override
  public List<String> tokenize(String text) {
    List<String> tokens = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("text", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        if (term.length() > 0) {
          joinWhiteSpace(term);
          tokens.add(term.toString());
        }
      }
      stream.end();
      return tokens;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot tokenize a text of " + text.length() + " chars", e);
    }
  }

  private static void joinWhiteSpace(CharTermAttribute term) {
    char[] buffer = term.buffer();
    for (int i = 0; i < term.length(); i++) {
      if (WhiteSpace.is(buffer[i])) {
        buffer[i] = '_';
      }
    }
  }
}
