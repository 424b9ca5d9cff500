package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WarmUpTest {
  private static final Duration ENOUGH = Duration.ofMinutes(1);

  /** It fails in the background, where nobody would notice, if a shape does not suit it. */
  @ParameterizedTest
  @EnumSource
  void trainsAModelOfAnyShape(SparseOptimizer optimizer) {
    for (Pooling pooling : Networks.POOLINGS) {
      for (int threads : new int[] {1, 2}) {
        ends(new NetworkSpec(2, 1, pooling, List.of(), new Output.Softmax(2)), optimizer, threads);
        ends(
            new NetworkSpec(3, 70, pooling, List.of(1, 20), new Output.Softmax(2)),
            optimizer,
            threads);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isSoonOver_howeverLargeTheModel(SparseOptimizer optimizer) {
    NetworkSpec spec =
        new NetworkSpec(
            1_000_000_000,
            NetworkSpec.MAX_DIMENSION,
            new Pooling.MeanMax(),
            List.of(65_536),
            new Output.Softmax(10_000));
    ends(spec, optimizer, 2);
  }

  /** As many vectors in the last block of eight, so that the loops of that width are compiled. */
  @ParameterizedTest
  @CsvSource({"1, 1", "80, 80", "128, 128", "129, 129", "256, 256", "257, 129", "300, 172"})
  void longRows_areAsLongButForWholeBlocks(int length, int small) {
    assertThat(WarmUp.small(length)).isEqualTo(small);
  }

  private static void ends(NetworkSpec spec, SparseOptimizer optimizer, int threads) {
    assertThat(WarmUp.start(spec, optimizer, threads)).succeedsWithin(ENOUGH);
  }
}
