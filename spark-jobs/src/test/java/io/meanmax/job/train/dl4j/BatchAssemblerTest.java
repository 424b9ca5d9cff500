package io.meanmax.job.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.encoding.EncodedExamples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.api.MultiDataSet;

class BatchAssemblerTest {

  /**
   * Five examples, number i being i + 1 times the word i + 1, of label i modulo 3, weight i + ½.
   */
  private static EncodedExamples examples() {
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    for (int i = 0; i < 5; i++) {
      builder.add(
          Collections.nCopies(i + 1, i + 1).stream().mapToInt(id -> id).toArray(), i % 3, i + 0.5f);
    }
    return builder.build();
  }

  private static List<MultiDataSet> batches(int size, int first, int count) {
    List<MultiDataSet> batches = new ArrayList<>();
    new BatchAssembler(size, 3, 1, 0, first, count)
        .call(List.of(examples()).iterator())
        .forEachRemaining(batches::add);
    return batches;
  }

  @Test
  void label_holdsTheWeight_andThereIsNoMaskOfLabels() {
    List<Integer> words = new ArrayList<>();
    for (MultiDataSet batch : batches(2, 0, 10)) {
      assertThat(batch.getLabelsMaskArrays()).isNull();
      float[][] features = batch.getFeatures(0).toFloatMatrix();
      float[][] labels = batch.getLabels(0).toFloatMatrix();
      float[][] mask = batch.getFeaturesMaskArray(0).toFloatMatrix();
      for (int row = 0; row < features.length; row++) {
        int word = (int) features[row][0];
        words.add(word);
        float[] expected = new float[3];
        expected[(word - 1) % 3] = word - 0.5f;
        assertThat(labels[row]).containsExactly(expected);
        for (int token = 0; token < mask[row].length; token++) {
          assertThat(mask[row][token]).isEqualTo(token < word ? 1 : 0);
          assertThat(features[row][token]).isEqualTo(token < word ? word : 0);
        }
      }
    }
    assertThat(words).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
  }

  @Test
  void lastBatch_mayHoldOneExample() {
    List<MultiDataSet> batches = batches(2, 2, 5);
    assertThat(batches).hasSize(1);
    assertThat(batches.get(0).getFeatures(0).size(0)).isEqualTo(1);
    assertThat(batches(2, 3, 5)).isEmpty();
  }
}
