package io.meanmax.encoding;

import io.meanmax.vocabulary.Vocabulary;
import java.util.List;

/**
 * A batch of documents of unequal length as rectangles: {@code features [batch, tokens]} padded
 * with PAD at the end to the longest document, and {@code mask [batch, tokens]}, 1 for a real token
 * and 0 for padding.
 *
 * @param features ids, row by row
 * @param mask 1 or 0, row by row
 */
public record PaddedBatch(float[][] features, float[][] mask) {

  /**
   * Pads documents to the longest of them.
   *
   * @param documents the ids of each, at least one of them no PAD
   */
  public static PaddedBatch of(List<int[]> documents) {
    return of(documents, documents.stream().mapToInt(ids -> ids.length).max().orElse(0));
  }

  /**
   * Pads documents to a given length.
   *
   * @param documents the ids of each, at least one of them no PAD
   * @param tokens length to pad to, at least that of the longest
   */
  public static PaddedBatch of(List<int[]> documents, int tokens) {
    // PAD is 0, which new arrays hold already.
    float[][] features = new float[documents.size()][tokens];
    float[][] mask = new float[documents.size()][tokens];
    for (int row = 0; row < documents.size(); row++) {
      int[] ids = documents.get(row);
      if (ids.length == 0 || ids.length > tokens) {
        throw new IllegalArgumentException(
            "A document of %d ids cannot be padded to %d".formatted(ids.length, tokens));
      }
      boolean masked = true;
      for (int position = 0; position < ids.length; position++) {
        boolean real = ids[position] != Vocabulary.PAD;
        features[row][position] = ids[position];
        mask[row][position] = real ? 1 : 0;
        masked &= !real;
      }
      if (masked) {
        throw new IllegalArgumentException(
            "Document %d of a batch holds nothing but PAD".formatted(row));
      }
    }
    return new PaddedBatch(features, mask);
  }

  /** How many documents. */
  public int size() {
    return features.length;
  }
}
