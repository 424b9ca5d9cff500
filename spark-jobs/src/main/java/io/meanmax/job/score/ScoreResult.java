package io.meanmax.job.score;

/**
 * What scoring wrote.
 *
 * @param target folder or table of the predictions
 * @param rows documents that were scored
 * @param rejected rows that could not be used
 */
public record ScoreResult(String target, long rows, long rejected) {}
