package io.meanmax.encoding;

import io.meanmax.text.TokenSink;
import io.meanmax.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Turns a document's tokens into the ids a network sees: tokens without an id are left out, as
 * fastText does, and a document that has none left becomes the single id UNK, so that no document
 * is ever empty. It takes the tokens of one document after another; {@link #ids} ends a document.
 * Not thread-safe.
 */
public final class DocumentEncoder implements TokenSink {
  private final Vocabulary vocabulary;
  private final int maxTokens;
  private int[] known = new int[64];
  private int size;
  private int seen;

  /**
   * An encoder.
   *
   * @param vocabulary which token has which id
   * @param maxTokens tokens of a document after these many are not looked at, at least 1
   */
  public DocumentEncoder(Vocabulary vocabulary, int maxTokens) {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens must be at least 1: " + maxTokens);
    }
    this.vocabulary = vocabulary;
    this.maxTokens = maxTokens;
  }

  @Override
  public void token(byte[] utf8, int from, int length) {
    if (seen == maxTokens) {
      return;
    }
    seen++;
    int id = vocabulary.id(utf8, from, length);
    if (id == Vocabulary.UNK) {
      return;
    }
    if (size == known.length) {
      known = Arrays.copyOf(known, 2 * size);
    }
    known[size++] = id;
  }

  /**
   * The ids of the document whose tokens came since the last call.
   *
   * @return 1 to {@code maxTokens} ids, none of them PAD, in an array of its own
   */
  public int[] ids() {
    int[] ids = size == 0 ? new int[] {Vocabulary.UNK} : Arrays.copyOf(known, size);
    size = 0;
    seen = 0;
    return ids;
  }

  /** The ids of a document, from its tokens in order. */
  public int[] encode(List<String> tokens) {
    for (String token : tokens) {
      byte[] utf8 = token.getBytes(StandardCharsets.UTF_8);
      token(utf8, 0, utf8.length);
    }
    return ids();
  }
}
