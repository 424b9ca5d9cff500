package io.meanmax.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** One evaluated row of the tests: the name of its label, and probabilities {@code [classes]}. */
final class Row {

  private final String label;
  private final float[] probabilities;

  Row(String label, float[] probabilities) {
    this.label = label;
    this.probabilities = probabilities;
  }

  /** The name of the label, which may be none of the model's. */
  String label() {
    return label;
  }

  float[] probabilities() {
    return probabilities;
  }

  /** Adds this row to {@code accumulator}, finding the id by name. */
  void addTo(ClassificationAccumulator accumulator, List<String> labels) {
    int id = labels.indexOf(label);
    if (id < 0) {
      accumulator.addUnseen(label, probabilities);
    } else {
      accumulator.add(id, probabilities);
    }
  }

  static List<String> labels(int classes) {
    return IntStream.range(0, classes).mapToObj(id -> "c" + id).toList();
  }

  /** Rows with many ties, skewed labels, classes never met and a few labels unseen in training. */
  static List<Row> random(long seed, int rows, int classes) {
    Random random = new Random(seed);
    List<Row> made = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      double skew = random.nextDouble();
      boolean unseen = random.nextInt(20) == 0;
      int label = unseen ? random.nextInt(3) : (int) (skew * skew * classes);
      made.add(new Row((unseen ? "新" : "c") + label, probabilities(random, classes)));
    }
    return made;
  }

  private static float[] probabilities(Random random, int classes) {
    float[] probabilities = new float[classes];
    float sum = 0;
    for (int label = 0; label < classes; label++) {
      // Few distinct values make ties; the last class is never predicted.
      probabilities[label] = label < classes - 1 ? random.nextInt(5) : 0;
      sum += probabilities[label];
    }
    for (int label = 0; label < classes; label++) {
      probabilities[label] = sum == 0 ? 1f / classes : probabilities[label] / sum;
    }
    return probabilities;
  }
}
