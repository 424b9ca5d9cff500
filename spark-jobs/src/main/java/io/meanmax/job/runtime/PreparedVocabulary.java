package io.meanmax.job.runtime;

import io.meanmax.bundle.VocabularyFiles;
import io.meanmax.vocabulary.Labels;
import io.meanmax.vocabulary.Vocabulary;

/**
 * Vocabulary and labels, as {@code vocabulary} hands them to the stages after it.
 *
 * @param hash of both: what encoded data depends on
 */
public record PreparedVocabulary(Vocabulary vocabulary, Labels labels, String hash) {

  /** With the hash of both. */
  public static PreparedVocabulary of(Vocabulary vocabulary, Labels labels) {
    return new PreparedVocabulary(vocabulary, labels, VocabularyFiles.hash(vocabulary, labels));
  }
}
