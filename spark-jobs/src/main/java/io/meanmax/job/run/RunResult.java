package io.meanmax.job.run;

import io.meanmax.metric.ClassificationMetrics;
import java.util.Optional;

/**
 * What a run made.
 *
 * @param modelPath the model version
 * @param test how good it is on the test documents, if there are any
 * @param predictions where they stand
 * @param vectors where they stand
 */
public record RunResult(
    String modelPath, Optional<ClassificationMetrics> test, String predictions, String vectors) {}
