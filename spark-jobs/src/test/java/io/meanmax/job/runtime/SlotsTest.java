package io.meanmax.job.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.job.testing.SparkExtension;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SlotsTest {
  private static final String PARALLELISM = "spark.default.parallelism";

  @Test
  void partitionsOfAShuffle_sayNothingOfCores(SparkSession spark) {
    SparkContext context = spark.sparkContext();
    String before = context.conf().get(PARALLELISM);
    try {
      context.conf().set(PARALLELISM, "7");
      assertThat(context.defaultParallelism()).isEqualTo(7);
      assertThat(Slots.of(context)).isEqualTo(2);
    } finally {
      context.conf().set(PARALLELISM, before);
    }
  }
}
