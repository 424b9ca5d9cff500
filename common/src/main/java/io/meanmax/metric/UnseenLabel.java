package io.meanmax.metric;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A label of evaluation rows that training never saw.
 *
 * @param label its name, {@value ClassificationAccumulator#UNNAMED} if none was told
 * @param count the number of rows that carry it, all of them counted as wrong
 */
public record UnseenLabel(@JsonProperty("label") String label, @JsonProperty("count") long count) {}
