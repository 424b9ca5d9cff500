package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import io.meanmax.ForkedJvm;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class LargeTableIT {
  private static final long NEEDED_BYTES = 20L << 30;

  @Test
  void kernel_worksBeyondTheFloatsOfOneArray() throws Exception {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    assumeTrue(
        machine.getTotalMemorySize() > NEEDED_BYTES,
        "a table of 2^31 floats takes 8 GiB, and this machine has less than 20");
    String said =
        ForkedJvm.run(LargeTableProcess.class, "-Xmx10g", "--add-modules=jdk.incubator.vector");
    assertThat(said).contains("ok Vector API");
  }
}
