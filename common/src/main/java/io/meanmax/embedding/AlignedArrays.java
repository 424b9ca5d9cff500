package io.meanmax.embedding;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * How long an array must be for the JVM to begin it on a cache line and never to move it. G1 does
 * so with objects of more than half a region, each of which has regions to itself.
 */
final class AlignedArrays {
  /** Of larger regions a short array would waste too much; heaps of more than 32 GiB have them. */
  private static final long LARGEST_REGION = 16 << 20;

  /** Floats of an array, at least; 0 where no length helps, or would take too much. */
  static final int LEAST_FLOATS = leastFloats();

  private AlignedArrays() {}

  private static int leastFloats() {
    try {
      if (!Boolean.parseBoolean(option("UseG1GC"))) {
        return 0;
      }
      long region = Long.parseLong(option("G1HeapRegionSize"));
      return region > LARGEST_REGION ? 0 : (int) (region / 2 / Float.BYTES);
    } catch (RuntimeException | LinkageError e) {
      return 0; // Another JVM than HotSpot, or one without its management module.
    }
  }

  private static String option(String name) {
    return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .getVMOption(name)
        .getValue();
  }
}
