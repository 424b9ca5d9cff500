package io.meanmax.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.ForkedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses that a JVM gives to what a table is made of. */
class AlignedTableTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 16})
  void rows_beginOnCacheLines_withG1(int regionMib) throws Exception {
    String said =
        ForkedJvm.run(
            AlignedTableProcess.class,
            "-Xmx1g",
            "-XX:+UseG1GC",
            "-XX:G1HeapRegionSize=" + regionMib + "m");
    assertThat(said).contains("aligned true", "floats " + (regionMib << 17));
  }

  /** One row of 80, and what stands before the first. */
  @Test
  void tables_areNoLargerThanTheirRows_whereThatWouldNotAlignThem() throws Exception {
    assertThat(ForkedJvm.run(AlignedTableProcess.class, "-Xmx1g", "-XX:+UseParallelGC"))
        .contains("floats 92\n");
    assertThat(
            ForkedJvm.run(
                AlignedTableProcess.class, "-Xmx1g", "-XX:+UseG1GC", "-XX:G1HeapRegionSize=32m"))
        .contains("floats 92\n");
  }
}
