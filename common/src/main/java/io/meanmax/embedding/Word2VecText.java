package io.meanmax.embedding;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * The text format of word2vec, which fastText, gensim and others read: a line {@code count
 * dimension}, then a line for each word, {@code word x1 x2 …}, in UTF-8.
 */
public final class Word2VecText {
  private Word2VecText() {}

  /**
   * Writes the rows of a table; closes the stream.
   *
   * @param table vectors by id
   * @param firstId the first row to write; those before it are left out
   * @param word the word of an id; not empty, without white space
   * @throws IllegalArgumentException for a word that would make two of itself, or none
   */
  public static void write(
      EmbeddingTable table, int firstId, IntFunction<String> word, OutputStream out)
      throws IOException {
    try (Writer writer =
        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16)) {
      writer.write((table.rows() - firstId) + " " + table.dimension() + "\n");
      for (int id = firstId; id < table.rows(); id++) {
        writer.write(oneWord(word.apply(id), id));
        float[] page = table.page(id);
        int offset = table.offset(id);
        for (int i = 0; i < table.dimension(); i++) {
          writer.write(' ');
          writer.write(Float.toString(page[offset + i]));
        }
        writer.write('\n');
      }
    }
  }

  /** Readers split at what C calls white space; U+00A0 or U+3000 are letters to them. */
  private static String oneWord(String word, int id) {
    if (word.isEmpty() || word.chars().anyMatch(c -> c == ' ' || (c >= '\t' && c <= '\r'))) {
      throw new IllegalArgumentException(
          "Word '%s' (id %d) is empty or holds white space, which word2vec text cannot write"
              .formatted(word, id));
    }
    return word;
  }
}
