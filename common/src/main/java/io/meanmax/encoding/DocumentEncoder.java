package io.meanmax.encoding;

import io.meanmax.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Turns a document's tokens into the ids a network sees: tokens without an id are left out, as
 * fastText does, and a document that has none left becomes the single id UNK, so that no document
 * is ever empty. Immutable and thread-safe.
 */
public final class DocumentEncoder {
  private static final int[] UNKNOWN = {Vocabulary.UNK};

  private final Vocabulary vocabulary;
  private final int maxTokens;

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

  /**
   * The ids of a document.
   *
   * @param tokens its tokens in order
   * @return 1 to {@code maxTokens} ids, none of them PAD
   */
  public int[] encode(List<String> tokens) {
    return encode(tokens.size(), position -> vocabulary.id(tokens.get(position)));
  }

  /**
   * The ids of a document whose tokens are looked up elsewhere.
   *
   * @param tokens how many it has
   * @param idAt the vocabulary's id of the token at a position
   * @return 1 to {@code maxTokens} ids, none of them PAD
   */
  public int[] encode(int tokens, IntUnaryOperator idAt) {
    int[] ids = new int[Math.min(tokens, maxTokens)];
    int known = 0;
    for (int position = 0; position < ids.length; position++) {
      int id = idAt.applyAsInt(position);
      if (id != Vocabulary.UNK) {
        ids[known++] = id;
      }
    }
    return known == 0 ? UNKNOWN.clone() : Arrays.copyOf(ids, known);
  }

  /** How many tokens {@link #encode(List)} cuts from a document of {@code tokens} tokens. */
  public int cut(int tokens) {
    return Math.max(0, tokens - maxTokens);
  }
}
