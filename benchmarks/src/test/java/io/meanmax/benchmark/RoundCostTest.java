package io.meanmax.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.benchmark.RoundCost.Sizes;
import io.meanmax.benchmark.RoundCost.Way;
import io.meanmax.sparse.ExchangeSpeed;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Worked by hand: 100 bytes a second for each step, 10 for the network, a second for a stage of 4
 * bytes.
 */
class RoundCostTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-9);
  private static final RoundCost COST =
      new RoundCost(new ExchangeSpeed(100, 100, 100, 100, 100, 100, 100), 10, 1, 4);

  @Test
  void star_isGatheredByTheDriver_andBroadcast() {
    double made = 0.2;
    double gathered = 2 * 10 / 10.0 + 2 * 10 / 100.0;
    double sent = 0.15 + 0.15 + (15 + 15) / 10.0;
    double taken = 0.15 + 0.15 + 0.15;
    assertThat(COST.seconds(Way.STAR, new Sizes(2, 10, 15, 15)))
        .isEqualTo(3 + made + gathered + sent + taken, CLOSE);
  }

  @Test
  void tree_gathersGroupsFirst() {
    double groups = 2 * 10 / 10.0 + 2 * 10 / 100.0 + 0.15;
    double driver = 2 * 15 / 10.0 + 2 * 15 / 100.0;
    double broadcast = 0.2 + 0.2 + (20 + 2 * 20) / 10.0 + 0.6;
    assertThat(COST.seconds(Way.TREE, new Sizes(4, 10, 15, 20)))
        .isEqualTo(2 + 0.2 + groups + driver + broadcast, CLOSE);
  }

  @Test
  void sharded_sendsEachShareToItsOwner_andBackToAll() {
    double toOwners = 5 / 10.0 + 5 / 100.0;
    double toAll = 7.5 / 100 + 7.5 / 10;
    assertThat(COST.seconds(Way.SHARDED, new Sizes(2, 10, 15, 15)))
        .isEqualTo(2 + 0.2 + toOwners + toAll + 0.3, CLOSE);
  }
}
