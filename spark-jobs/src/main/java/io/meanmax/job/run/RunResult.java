package io.meanmax.job.run;

import io.meanmax.bundle.TextClassifier;
import io.meanmax.metric.ClassificationMetrics;
import java.util.List;
import java.util.Optional;

/**
 * What a run made.
 *
 * @param modelPath the model version
 * @param test how good it is on the test documents, if there are any
 * @param examples a few documents and what the model says of them
 * @param predictions where they stand
 * @param vectors where they stand
 */
public record RunResult(
    String modelPath,
    Optional<ClassificationMetrics> test,
    List<Example> examples,
    String predictions,
    String vectors) {

  /**
   * A document and what the model says of it.
   *
   * @param label its own label, or null
   * @param text its text
   * @param predictions the likeliest labels, best first
   */
  public record Example(String label, String text, List<TextClassifier.Prediction> predictions) {}
}
