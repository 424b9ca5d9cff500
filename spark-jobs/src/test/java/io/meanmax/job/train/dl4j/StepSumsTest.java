package io.meanmax.job.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepSumsTest {
  private static final StepSums.Sums STEP = new StepSums.Sums(0.5, 2, 16);

  private static StepSums run(int worker, int steps) {
    StepSums sums = new StepSums();
    for (int step = 0; step < steps; step++) {
      sums.add(new StepSums.Step(worker, STEP));
    }
    return sums;
  }

  @Test
  void workerThatIsRunAgain_countsOnce() {
    StepSums round = new StepSums();
    round.merge(run(0, 3));
    round.merge(run(1, 2));
    assertThat(round.value()).isEqualTo(new StepSums.Sums(2.5, 10, 80));
    round.merge(run(0, 3));
    assertThat(round.value()).isEqualTo(new StepSums.Sums(2.5, 10, 80));
    assertThat(round.copy().value()).isEqualTo(round.value());
    round.reset();
    assertThat(round.isZero()).isTrue();
    assertThat(round.value()).isEqualTo(new StepSums.Sums(0, 0, 0));
  }
}
