package io.meanmax.benchmark;

import java.util.Locale;

/** A number that is measured. Its JSON key is its name in lower case. */
enum Figure {
  /** The training loop alone, over all epochs. */
  WORDS_PER_SECOND_PER_THREAD,
  /** The same without the first epoch, in which the JVM still compiles. */
  STEADY_WORDS_PER_SECOND_PER_THREAD,
  /** From the start of the process to the saved model. */
  WALL_SECONDS,
  /** Largest resident set of the process up to the saved model. */
  PEAK_MIB,
  /** Share of the test documents whose likeliest label is right. */
  ACCURACY,
  /** Documents scored a second, start left out. */
  DOCUMENTS_PER_SECOND,
  /** What the wall time is made of. */
  START_SECONDS,
  TOKENIZE_SECONDS,
  VOCABULARY_SECONDS,
  ENCODE_SECONDS,
  TRAIN_SECONDS;

  /** The key in JSON. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
