package io.meanmax.job.encode;

/**
 * What the encode job wrote.
 *
 * @param path where the encoded examples stand
 * @param examples how many
 * @param words their ids together
 * @param truncatedExamples those that were cut
 * @param cutTokens tokens that were cut from them
 * @param unknownExamples those without any known token, which became UNK
 */
public record EncodeResult(
    String path,
    long examples,
    long words,
    long truncatedExamples,
    long cutTokens,
    long unknownExamples) {}
