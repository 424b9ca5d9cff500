package io.meanmax.job.generate;

/** Numbers that look random and depend on their arguments alone (the finalizer of SplitMix64). */
final class Mixer {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private Mixer() {}

  static long mix(long seed, long index, long purpose) {
    return finish(finish(finish(seed + GOLDEN_GAMMA) + index * GOLDEN_GAMMA) + purpose);
  }

  private static long finish(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
