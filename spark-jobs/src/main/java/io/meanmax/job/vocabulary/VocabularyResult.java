package io.meanmax.job.vocabulary;

/**
 * What the vocabulary job found.
 *
 * @param path where vocabulary and labels stand
 * @param tokens distinct tokens that got an id, PAD and UNK left out
 * @param words occurrences of all tokens
 * @param unknownWords occurrences of tokens that got no id
 * @param labels distinct labels
 * @param documents how many
 */
public record VocabularyResult(
    String path, int tokens, long words, long unknownWords, int labels, long documents) {}
