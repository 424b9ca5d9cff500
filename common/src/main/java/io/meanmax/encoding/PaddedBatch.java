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
   * @param documents the ids of each, none empty
   */
  public static PaddedBatch of(List<int[]> documents) {
    return of(documents, documents.stream().mapToInt(ids -> ids.length).max().orElse(0));
  }

  /**
   * Pads documents to a given length.
   *
   * @param documents the ids of each, none empty
   * @param tokens length to pad to, at least that of the longest
   */
  public static PaddedBatch of(List<int[]> documents, int tokens) {
    float[][] features = new float[documents.size()][tokens];
    float[][] mask = new float[documents.size()][tokens];
    for (int row = 0; row < documents.size(); row++) {
      int[] ids = documents.get(row);
      if (ids.length == 0 || ids.length > tokens) {
        throw new IllegalArgumentException(
            "A document of %d ids cannot be padded to %d".formatted(ids.length, tokens));
      }
      for (int position = 0; position < tokens; position++) {
        boolean real = position < ids.length;
        features[row][position] = real ? ids[position] : Vocabulary.PAD;
        mask[row][position] = real && ids[position] != Vocabulary.PAD ? 1 : 0;
      }
    }
    return new PaddedBatch(features, mask);
  }

  /** How many documents. */
  public int size() {
    return features.length;
  }
}
