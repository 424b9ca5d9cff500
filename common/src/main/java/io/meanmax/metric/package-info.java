/**
 * How well a model predicts: metrics that are counted where the rows are and merged afterwards.
 *
 * <p>Start with {@link io.meanmax.metric.ClassificationAccumulator}: one a partition, filled row by
 * row, merged, and turned into a {@link io.meanmax.metric.ClassificationMetrics}, which is printed
 * and stored. Counts are integers and sums are fixed-point integers, so the partitioning and the
 * order of merging never show in a result.
 *
 * <p>Each kind of output has its own accumulator and its own record; they share the JSON object of
 * a split, which is why readers ignore keys that they do not know.
 */
package io.meanmax.metric;
