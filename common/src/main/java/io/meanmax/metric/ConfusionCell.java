package io.meanmax.metric;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One non-empty cell of the confusion matrix.
 *
 * @param trueLabel the label the rows carry, possibly one unseen in training
 * @param predictedLabel the label the model ranks highest
 * @param count the number of such rows, at least 1
 */
public record ConfusionCell(
    @JsonProperty("true") String trueLabel,
    @JsonProperty("predicted") String predictedLabel,
    @JsonProperty("count") long count) {}
