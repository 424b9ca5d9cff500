package io.meanmax.benchmark;

import java.nio.file.Path;

/**
 * Documents to train and to test on, as fastText lines.
 *
 * @param name what the table calls it
 * @param labels how many labels
 * @param train file to train on, already shuffled
 * @param test file to measure accuracy on
 * @param documents lines of {@code train}
 * @param words words of {@code train}, labels not counted
 * @param epochs passes of every trainer
 * @param fastTextRate fastText's {@code -lr}
 */
record Corpus(
    String name,
    int labels,
    Path train,
    Path test,
    long documents,
    long words,
    int epochs,
    double fastTextRate) {

  /** The name of the generated corpus. */
  static final String GENERATED = "synthetic";
}
