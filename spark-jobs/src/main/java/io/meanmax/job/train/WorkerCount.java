package io.meanmax.job.train;

/** How many workers of the sparse trainer are faster than fewer: what each more costs, a round. */
final class WorkerCount {
  /**
   * With twice as many words a second worker begins to pay, at 10 Gbit/s with 16 rounds an epoch;
   * docs/PERFORMANCE.md, "What averaging costs".
   */
  private static final long WORDS_OF_A_WORKER = 250_000_000;

  private WorkerCount() {}

  /**
   * Workers for so many words.
   *
   * @param words of an epoch
   * @param slots tasks that Spark runs at once, at least 1
   */
  static int of(long words, int slots) {
    return (int) Math.max(1, Math.min(slots, words / WORDS_OF_A_WORKER));
  }
}
