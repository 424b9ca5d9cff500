package io.meanmax.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionSpecTest {
  private static PartitionSpec output(String partition) {
    return OutputConfig.from(
            Settings.read(null, List.of("output.table=a.b", "output.partition=" + partition)))
        .table()
        .partition();
  }

  @Test
  void columns_keepTheirOrder_andMayLackAValue() {
    assertThat(output("day=2026-11-20/hour").columns())
        .containsExactly(
            new PartitionSpec.Column("day", "2026-11-20"), new PartitionSpec.Column("hour", null));
    assertThat(output("day=2026-11-20/hour").isDynamic()).isTrue();
    assertThat(output("day=1").isDynamic()).isFalse();
    assertThat(output("Day=1").column("dAY")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"a%2Fb, a/b", "1+1=2, 1+1=2", "10%3A00 x, 10:00 x", "%E6%97%A5, 日"})
  void values_areWrittenAsHiveNamesThem(String written, String value) {
    assertThat(output("at=" + written).columns())
        .containsExactly(new PartitionSpec.Column("at", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"day=", "=1", "day=1/", "day=1/Day=2", "day=100%"})
  void whatIsNoPartition_isRefused(String partition) {
    assertThatThrownBy(() -> output(partition))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("output.partition must be columns like day=2026-11-20")
        .hasMessageEndingWith("found \"" + partition + "\" (--set output.partition)");
  }

  @Test
  void partitionOfNoTable_isRefused() {
    assertThatThrownBy(
            () -> OutputConfig.from(Settings.read(null, List.of("output.partition=day=1"))))
        .hasMessage(
            "output.partition is \"day=1\" (--set output.partition), but output.table"
                + " (--output-table) says no table");
    assertThatThrownBy(
            () ->
                InputConfig.from(
                    Settings.read(null, List.of("input.path=x", "input.partition=day=1"))))
        .hasMessage(
            "input.partition is \"day=1\" (--set input.partition), but input.table says no table");
    assertThatThrownBy(
            () ->
                InputConfig.from(
                    Settings.read(null, List.of("input.table=t", "input.partition=day"))))
        .hasMessage(
            "input.partition must be columns with values, like day=2026-11-20/hour=7; found"
                + " \"day\" (--set input.partition)");
  }

  @Test
  void test_isATable_aQuery_orAPath_butOneOfThem() {
    InputConfig test =
        InputConfig.test(
                Settings.read(null, List.of("input.test-table=a.b", "input.test-partition=day=1")))
            .orElseThrow();
    assertThat(test.describe()).isEqualTo("table a.b partition day=1");
    assertThat(Settings.read(null, List.of("input.test-query=select 1")).readsOrWritesTables())
        .isTrue();
    assertThatThrownBy(
            () ->
                InputConfig.test(
                    Settings.read(null, List.of("input.test=x", "input.test-query=select 1"))))
        .hasMessageStartingWith(
            "Give only one of input.test, input.test-table and input.test-query; found ");
  }

  @Test
  void folderOfATable_isItsOwn_andAPathToo() {
    OutputConfig output =
        OutputConfig.from(
            Settings.read(null, List.of("output.table=a.b", "output.partition=at=x%2F%3Ay/n=1")));
    assertThat(output.orBesideTable("work", "score").path())
        .isEqualTo("work/score-a.b-at=x__y_n=1");
    assertThat(output.orBesideTable("work", "score").folder().overwrite()).isTrue();
  }
}
