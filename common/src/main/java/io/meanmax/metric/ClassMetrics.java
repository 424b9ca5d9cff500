package io.meanmax.metric;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Precision, recall and F1 of one class.
 *
 * @param label the name of the class
 * @param precision the part of {@code predicted} that was right, in {@code [0, 1]}; 0 for a class
 *     never predicted
 * @param recall the part of {@code support} that was found, in {@code [0, 1]}; 0 for a class
 *     without rows
 * @param f1 their harmonic mean, in {@code [0, 1]}; 0 where both are 0
 * @param support rows of this class
 * @param predicted rows predicted as this class
 */
public record ClassMetrics(
    @JsonProperty("label") String label,
    @JsonProperty("precision") double precision,
    @JsonProperty("recall") double recall,
    @JsonProperty("f1") double f1,
    @JsonProperty("support") long support,
    @JsonProperty("predicted") long predicted) {}
