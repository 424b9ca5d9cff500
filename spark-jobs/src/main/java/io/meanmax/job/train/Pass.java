package io.meanmax.job.train;

/**
 * What a pass over the training examples came to; what was done again counts once.
 *
 * @param loss weighted mean, of each example as it was met
 * @param examples that were trained on
 */
public record Pass(double loss, long examples) {}
