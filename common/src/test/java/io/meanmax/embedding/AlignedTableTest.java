package io.meanmax.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.ForkedJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses that a JVM gives to what a table is made of. */
class AlignedTableTest {

  /** The addresses as they are: references are not compressed, and JOL does not guess. */
  private static String run(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-Xmx1g", "-XX:-UseCompressedOops", "-Djol.skipHotspotSAAttach=true"));
    return ForkedJvm.run(AlignedTableProcess.class, all.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16})
  void rows_beginOnCacheLines_withG1(int regionMib) throws Exception {
    assertThat(run("-XX:+UseG1GC", "-XX:G1HeapRegionSize=" + regionMib + "m"))
        .contains("aligned true", "floats " + (regionMib << 17));
  }

  /** A heap of 1 GiB has regions of 1 MiB. */
  @Test
  void rows_beginOnCacheLines_whateverRegionsG1Chooses() throws Exception {
    assertThat(run("-XX:+UseG1GC")).contains("aligned true", "floats 131072\n");
  }

  /** One row of 80, and what stands before the first. */
  @Test
  void tables_areNoLargerThanTheirRows_whereThatWouldNotAlignThem() throws Exception {
    assertThat(run("-XX:+UseParallelGC")).contains("aligned false", "floats 92\n");
    assertThat(run("-XX:+UseG1GC", "-XX:G1HeapRegionSize=32m"))
        .contains("aligned false", "floats 92\n");
  }
}
