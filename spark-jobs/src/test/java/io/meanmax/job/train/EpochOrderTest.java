package io.meanmax.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {

  @Test
  void order_holdsEachExampleOnce() {
    for (int size : new int[] {0, 1, 2, 7, 1021}) {
      int[] order = EpochOrder.of(size, 5, 3, 2);
      assertThat(order).hasSize(size);
      assertThat(Arrays.stream(order).sorted().toArray())
          .containsExactly(IntStream.range(0, size).toArray());
    }
  }

  @Test
  void order_isAnotherForEverySeed_epochAndWorker() {
    Set<String> seen = new HashSet<>();
    int drawn = 0;
    for (long seed : new long[] {0, 1, 2, -1, 1_000_003, Long.MIN_VALUE}) {
      for (int epoch = 0; epoch < 64; epoch++) {
        for (int worker = 0; worker < 64; worker++) {
          seen.add(Arrays.toString(EpochOrder.of(40, seed, epoch, worker)));
          drawn++;
        }
      }
    }
    assertThat(seen).hasSize(drawn);
  }

  @Test
  void order_isTheSameForTheSameArguments() {
    assertThat(EpochOrder.of(50, 7, 3, 1)).containsExactly(EpochOrder.of(50, 7, 3, 1));
  }
}
