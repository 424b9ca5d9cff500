package io.meanmax.job.evaluate;

import io.meanmax.metric.ClassificationMetrics;

/**
 * How good a model is.
 *
 * @param modelPath the model's folder
 * @param metrics of all documents that could be used
 * @param rejected rows that could not
 */
public record EvaluateResult(String modelPath, ClassificationMetrics metrics, long rejected) {}
