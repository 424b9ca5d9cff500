package io.meanmax.job.train;

import java.util.SplittableRandom;

/** The order in which a worker takes its examples in an epoch. */
public final class EpochOrder {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private EpochOrder() {}

  /** Fisher and Yates' shuffle of 0 to {@code size − 1}, one for each seed, epoch and worker. */
  public static int[] of(int size, long seed, int epoch, int worker) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    SplittableRandom random = new SplittableRandom(mix(mix(mix(seed) + epoch) + worker));
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** SplitMix64's finalizer: neighbouring numbers come out far apart, and no two the same. */
  private static long mix(long value) {
    long z = value + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
