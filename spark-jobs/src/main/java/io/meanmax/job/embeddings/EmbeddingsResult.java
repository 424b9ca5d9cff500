package io.meanmax.job.embeddings;

/**
 * What vectors were written.
 *
 * @param path the table, or the folder: {@code words} and {@code documents} (Parquet), {@code
 *     words.vec} (word2vec text)
 * @param words how many word vectors
 * @param documents how many document vectors
 * @param rejected rows of the documents that could not be used
 */
public record EmbeddingsResult(String path, long words, long documents, long rejected) {}
