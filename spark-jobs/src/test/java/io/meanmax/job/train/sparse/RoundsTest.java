package io.meanmax.job.train.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanmax.config.Settings;
import io.meanmax.config.TrainConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundsTest {
  private static Rounds rounds(int workers, int examples, String... overrides) {
    return Rounds.of(TrainConfig.from(Settings.read(null, List.of(overrides))), workers, examples);
  }

  private static int examples(Rounds rounds, int part, int examples) {
    return rounds.placeOf(0, part + 1, examples) - rounds.placeOf(0, part, examples);
  }

  @ParameterizedTest
  @CsvSource({
    // 16 examples and more; 256 rounds of at most 128, and a share of 16 rounds of the rest
    "2, 1600, 100, 16",
    "8, 4095, 255, 16",
    "8, 32768, 256, 128",
    "8, 65536, 264, 128",
    "8, 10000000, 272, 128"
  })
  void firstEpoch_opensWithShortRounds(int workers, int examples, int of, int first) {
    Rounds rounds = rounds(workers, examples);
    assertThat(rounds.of(0)).isEqualTo(of);
    assertThat(rounds.of(1)).isEqualTo(16);
    assertThat(examples(rounds, 0, examples)).isEqualTo(first);
    assertThat(examples(rounds, 15, examples)).isEqualTo(first);
  }

  @Test
  void restOfTheFirstEpoch_isCutAsTheOthersAre() {
    Rounds rounds = rounds(8, 10_000_000);
    assertThat(examples(rounds, 255, 10_000_000)).isEqualTo(128);
    assertThat(examples(rounds, 256, 10_000_000))
        .isCloseTo(10_000_000 / 16, within(10_000_000 / 16 / 100));
  }

  @Test
  void oneWorker_fewExamples_orNoOpening_haveRoundsOfOneLength() {
    assertThat(rounds(1, 100_000)).isEqualTo(Rounds.even(16));
    assertThat(rounds(2, 100)).isEqualTo(Rounds.even(16));
    assertThat(rounds(2, 0)).isEqualTo(Rounds.even(16));
    assertThat(rounds(8, 100_000, "train.opening-rounds=0")).isEqualTo(Rounds.even(16));
    assertThat(rounds(8, 100_000, "train.rounds-per-epoch=300")).isEqualTo(Rounds.even(300));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "0, 0, 5", "5, 1, 2", "7, 0.3, 5", "256, 0.001, 16"})
  void rounds_followOneAnother_andTakeEveryExampleOnce(int opening, double share, int later) {
    Rounds rounds = new Rounds(opening, share, later);
    int round = 0;
    double before = -1;
    for (int epoch = 0; epoch < 4; epoch++) {
      assertThat(rounds.before(epoch)).isEqualTo(round);
      assertThat(rounds.epochsBefore(round)).isEqualTo(epoch);
      for (int examples : new int[] {0, 1, 7, 1000, Integer.MAX_VALUE}) {
        assertThat(rounds.placeOf(epoch, 0, examples)).isZero();
        assertThat(rounds.placeOf(epoch, rounds.of(epoch), examples)).isEqualTo(examples);
      }
      for (int part = 0; part < rounds.of(epoch); part++, round++) {
        assertThat(rounds.epochOf(round)).isEqualTo(epoch);
        assertThat(rounds.partOf(round)).isEqualTo(part);
        assertThat(rounds.epochsBefore(round)).isGreaterThan(before);
        assertThat(examples(rounds, part, 100)).isNotNegative();
        before = rounds.epochsBefore(round);
      }
    }
  }
}
