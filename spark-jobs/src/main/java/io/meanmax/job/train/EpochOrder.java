package io.meanmax.job.train;

import java.util.SplittableRandom;

/** The order in which a worker takes its examples in an epoch. */
public final class EpochOrder {
  private static final long EPOCHS = 1_000_003;
  private static final long WORKERS = 31;

  private EpochOrder() {}

  /** Fisher and Yates' shuffle of 0 to {@code size − 1}, one for each seed, epoch and worker. */
  public static int[] of(int size, long seed, int epoch, int worker) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    SplittableRandom random = new SplittableRandom(seed * EPOCHS + epoch + WORKERS * worker);
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
