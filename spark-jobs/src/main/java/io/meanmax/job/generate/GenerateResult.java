package io.meanmax.job.generate;

/**
 * What was generated.
 *
 * @param path the corpus
 * @param documents how many
 */
public record GenerateResult(String path, long documents) {}
