package io.meanmax.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerCountTest {

  @ParameterizedTest
  @CsvSource({
    "0, 8, 1",
    "20_000_000, 32, 1",
    "499_999_999, 32, 1",
    "500_000_000, 32, 2",
    "500_000_000, 1, 1",
    "3_000_000_000, 8, 8",
    "9_000_000_000_000_000_000, 100_000, 100_000"
  })
  void aWorkerMore_forEach250MillionWords_upToWhatSparkRunsAtOnce(
      String words, String slots, String workers) {
    assertThat(WorkerCount.of(number(words), (int) number(slots))).isEqualTo((int) number(workers));
  }

  private static long number(String digits) {
    return Long.parseLong(digits.replace("_", ""));
  }
}
