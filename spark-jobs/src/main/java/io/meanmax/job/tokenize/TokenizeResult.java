package io.meanmax.job.tokenize;

/**
 * What the tokenize job wrote.
 *
 * @param path where the tokens stand; rejected rows in {@code _rejected} there
 * @param documents how many
 * @param tokens how many
 * @param emptyDocuments documents without any token, which become UNK when encoded
 * @param rejected rows that could not be used
 */
public record TokenizeResult(
    String path, long documents, long tokens, long emptyDocuments, long rejected) {}
