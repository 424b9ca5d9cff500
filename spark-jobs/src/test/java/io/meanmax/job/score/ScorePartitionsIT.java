package io.meanmax.job.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.bundle.Bundle;
import io.meanmax.config.InputConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.ScoreConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.RowBalance;
import io.meanmax.job.testing.SparkExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions of Hive tables, in a metastore on Derby. */
@Tag("hive")
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScorePartitionsIT {
  private static final String PREDICTIONS =
      "id string, predictions array<struct<label:string,probability:float>>, model string,"
          + " model_version string, scored_at timestamp";

  private Path folder;
  private Bundle bundle;
  private int outputs;

  @BeforeAll
  void train(SparkSession spark, @TempDir Path temporary) {
    folder = temporary;
    bundle = Road.trained(spark, folder, "train.epochs=1");
  }

  @BeforeEach
  void documents(SparkSession spark) {
    spark.sql("drop database if exists shop cascade");
    spark.sql("create database shop");
    spark.sql(
        "create table shop.docs (id string, text string) partitioned by (day string)"
            + " stored as parquet");
    add(spark, "shop.docs", "day='20'", "('a', 'sport1'), ('b', 'music1')");
    add(spark, "shop.docs", "day='21'", "('c', 'food1')");
  }

  private static void add(SparkSession spark, String table, String partition, String rows) {
    spark.sql("insert into %s partition (%s) values %s".formatted(table, partition, rows));
  }

  private ScoreResult score(SparkSession spark, String... settings) {
    Settings all =
        Settings.read(
            null,
            Stream.concat(
                    Stream.of("output.path=" + folder.resolve("out" + outputs++)),
                    Stream.of(settings))
                .toList());
    return new ScoreJob(
            spark, bundle, InputConfig.from(all), ScoreConfig.from(all), OutputConfig.from(all))
        .run();
  }

  private ScoreResult scoreDay(SparkSession spark, String day, String... more) {
    return score(
        spark,
        Stream.concat(
                Stream.of(
                    "input.table=shop.docs",
                    "input.partition=day=" + day,
                    "output.table=shop.scores",
                    "output.partition=day=" + day),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static List<String> idsByDay(SparkSession spark, String table) {
    return spark
        .sql("select concat(day, ' ', id) from " + table + " order by 1")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** Nothing of the day's rows is missing after the last {@link #score}. */
  private void requireNothingLost(SparkSession spark, String day, long rows, long rejected) {
    RowBalance.of(rows, rejected)
        .requireScored(
            spark.table("shop.scores").where("day = '%s'".formatted(day)),
            folder.resolve("out" + (outputs - 1)).toString());
  }

  private static List<Row> withoutTime(SparkSession spark) {
    return spark.table("shop.scores").drop("scored_at").orderBy("day", "id").collectAsList();
  }

  @Test
  void day_isWrittenAgain_alikeButForTheTime(SparkSession spark) {
    assertThat(scoreDay(spark, "20").target()).isEqualTo("shop.scores partition day=20");
    List<Row> once = withoutTime(spark);
    scoreDay(spark, "20", "output.overwrite=true");
    assertThat(withoutTime(spark)).isEqualTo(once);
    spark.sql("insert overwrite shop.docs partition (day='20') values ('b', 'music1')");
    assertThat(scoreDay(spark, "20", "output.overwrite=true").rows()).isEqualTo(1);
    requireNothingLost(spark, "20", 1, 0);
    assertThat(withoutTime(spark)).containsExactly(once.get(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "using parquet partitioned by (day)",
        "partitioned by (day string) stored as parquet",
        "partitioned by (day string) stored as orc",
        "partitioned by (day string) stored as textfile"
      })
  void otherDays_stay_inTablesOfEveryKind(String kind, SparkSession spark) {
    String day = kind.startsWith("using") ? ", day string" : "";
    spark.sql("create table shop.scores (%s%s) %s".formatted(PREDICTIONS, day, kind));
    for (String old : List.of("19", "20")) {
      spark.sql(
          "insert into shop.scores partition (day = '%s') select 'old', null, 'm', 'v', now()"
              .formatted(old));
    }
    scoreDay(spark, "20", "output.overwrite=true");
    assertThat(idsByDay(spark, "shop.scores")).containsExactly("19 old", "20 a", "20 b");
    assertThat(spark.conf().get("spark.sql.sources.partitionOverwriteMode")).isEqualTo("STATIC");
  }

  @Test
  void dayThatStands_isNotReplacedUnasked(SparkSession spark) {
    scoreDay(spark, "20");
    assertThatThrownBy(() -> scoreDay(spark, "20"))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "Partition day=20 of table shop.scores exists. Give another output.partition, or"
                + " --overwrite");
    assertThatThrownBy(() -> scoreAllDays(spark))
        .hasMessageStartingWith("Partition day=20 of table");
    assertThat(idsByDay(spark, "shop.scores")).containsExactly("20 a", "20 b");
  }

  private ScoreResult scoreAllDays(SparkSession spark, String... more) {
    return score(
        spark,
        Stream.concat(
                Stream.of(
                    "input.table=shop.docs",
                    "score.keep-columns=[day]",
                    "output.table=shop.scores",
                    "output.partition=day"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void daysOfTheRows_areReplaced_andNoOthers(SparkSession spark) {
    scoreAllDays(spark);
    assertThat(idsByDay(spark, "shop.scores")).containsExactly("20 a", "20 b", "21 c");
    add(spark, "shop.docs", "day='22'", "('d', 'food2')");
    spark.sql("alter table shop.docs drop partition (day='20')");
    spark.sql("insert overwrite shop.docs partition (day='21') values ('e', 'food1')");
    scoreAllDays(spark, "output.overwrite=true");
    assertThat(idsByDay(spark, "shop.scores")).containsExactly("20 a", "20 b", "21 e", "22 d");
  }

  @Test
  void columns_goByName_whateverTheTablesOrder(SparkSession spark) {
    spark.sql(
        "create table shop.scores (Scored_At timestamp, model_version string, model string,"
            + " shop string, predictions array<struct<label:string,probability:float>>, id string)"
            + " partitioned by (day string, hour int) stored as parquet");
    score(
        spark,
        "input.query=\"select id, text, 'north' as shop, day from shop.docs\"",
        "score.keep-columns=[day, shop]",
        "output.table=shop.scores",
        "output.partition=day/hour=07");
    assertThat(
            spark.sql("select id, model, shop, day, hour from shop.scores where id = 'c'").head())
        .hasToString("[c,tiny,north,21,7]");
  }

  @Test
  void valueOfAnotherType_isRefused(SparkSession spark) {
    spark.sql(
        "create table shop.scores (%s, hour int) using parquet partitioned by (hour)"
            .formatted(PREDICTIONS));
    assertThatThrownBy(
            () ->
                score(
                    spark,
                    "input.table=shop.docs",
                    "output.table=shop.scores",
                    "output.partition=hour=noon"))
        .hasMessage("output.partition: 'noon' is no int, which hour of table shop.scores is");
  }

  @Test
  void tableThatDoesNotFit_isRefusedWithEveryColumn(SparkSession spark) {
    spark.sql(
        "create table shop.scores (id bigint, predictions array<struct<label:string,"
            + "probability:float>>, model string, model_version string, note string)"
            + " partitioned by (day string) stored as parquet");
    assertThatThrownBy(() -> scoreDay(spark, "20"))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "Table shop.scores does not fit what would be written: id is bigint in the table and"
                + " string in what would be written; note string of the table gets no value; the"
                + " table has no scored_at timestamp");
  }

  @Test
  void otherPartitionColumns_areRefused(SparkSession spark) {
    scoreDay(spark, "20");
    String[] whole = {"input.table=shop.docs", "output.table=shop.scores", "output.overwrite=true"};
    assertThatThrownBy(() -> score(spark, whole))
        .hasMessage(
            "Table shop.scores is partitioned by [day] and output.partition names []: both must"
                + " be the same");
    assertThatThrownBy(() -> scoreDay(spark, "20/hour=7"))
        .hasMessageStartingWith("Table shop.docs is not partitioned by 'hour' (input.partition)");
    assertThatThrownBy(() -> scoreAllDays(spark, "score.keep-columns=[]"))
        .hasMessage(
            "output.partition: 'day' has no value. Give it one, as in day=…, or keep such a column"
                + " of the input (keep-columns)");
    assertThatThrownBy(() -> scoreAllDays(spark, "output.partition=day=20"))
        .hasMessage(
            "output.partition: 'day' has the value '20', but is a column that is written too");
    assertThat(idsByDay(spark, "shop.scores")).containsExactly("20 a", "20 b");
  }

  @Test
  void partitionThatIsRead_isNotWritten_alsoThroughAView_butOthersMayBeRead(SparkSession spark) {
    scoreDay(spark, "20");
    spark.sql("create view shop.seen as select id as seen, day as seen_day from shop.scores");
    for (String table : List.of("shop.scores where day", "shop.seen where seen_day")) {
      String id = table.startsWith("shop.seen") ? "seen" : "id";
      String query =
          "select id, text from shop.docs where id not in (select %s from %s".formatted(id, table);
      String[] read = {
        "input.query=\"" + query + " = '20')\"",
        "output.table=shop.scores",
        "output.overwrite=true",
        "output.partition=day="
      };
      for (String day : List.of("20", "21")) {
        read[3] = "output.partition=day=" + day;
        if (day.equals("20")) {
          assertThatThrownBy(() -> score(spark, read))
              .isInstanceOf(JobException.class)
              .hasMessage(
                  "Table shop.scores partition day=20 is read and cannot be written in the same"
                      + " run");
        } else {
          score(spark, read);
        }
      }
      assertThat(idsByDay(spark, "shop.scores")).containsExactly("20 a", "20 b", "21 c");
    }
  }

  @Test
  void filesOfTheTable_readByTheirPath_areNotReplaced(SparkSession spark) {
    spark.sql("create table shop.scores (%s, text string) using parquet".formatted(PREDICTIONS));
    spark.sql("insert into shop.scores select 'x', null, 'm', 'v', current_timestamp(), 'sport1'");
    String files =
        spark
            .sql("describe formatted shop.scores")
            .where("col_name = 'Location'")
            .head()
            .getString(1);
    assertThatThrownBy(
            () ->
                score(
                    spark,
                    "input.path=\"" + files + "\"",
                    "input.format=parquet",
                    "score.keep-columns=[text]",
                    "output.table=shop.scores",
                    "output.overwrite=true"))
        .hasMessage("Table shop.scores is read and cannot be written in the same run");
    assertThat(spark.table("shop.scores").count()).isEqualTo(1);
  }

  @Test
  void view_isNotWritten(SparkSession spark) {
    spark.sql(
        "create view shop.scores as select id, array(named_struct('label', 'x', 'probability',"
            + " float(1))) as predictions, '' as model, '' as model_version, current_timestamp()"
            + " as scored_at from shop.docs where day = '21'");
    assertThatThrownBy(
            () ->
                score(
                    spark,
                    "input.table=shop.docs",
                    "input.partition=day=20",
                    "output.table=shop.scores",
                    "output.overwrite=true"))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("Cannot write table shop.scores: ");
  }

  @Test
  void tooManyRejectedRows_leaveThePartitionAlone(SparkSession spark) {
    scoreDay(spark, "20");
    add(spark, "shop.docs", "day='20'", "('z', ' ')");
    assertThatThrownBy(() -> scoreDay(spark, "20", "output.overwrite=true"))
        .hasMessageStartingWith(
            "1 of 3 rows of table shop.docs partition day=20 cannot be used, more than");
    assertThat(idsByDay(spark, "shop.scores")).containsExactly("20 a", "20 b");
    ScoreResult result =
        scoreDay(spark, "20", "output.overwrite=true", "input.max-rejected-fraction=0.5");
    assertThat(result.rows()).isEqualTo(2);
    assertThat(result.rejected()).isEqualTo(1);
    requireNothingLost(spark, "20", 3, 1);
  }

  @Test
  void damagedFileOfTheDay_leavesThePartitionAlone_andMendedLosesNoRow(SparkSession spark)
      throws IOException {
    add(spark, "shop.docs", "day='20'", "('y', 'food2'), ('z', ' ')");
    String[] again = {"output.overwrite=true", "input.max-rejected-fraction=0.5"};
    scoreDay(spark, "20", again);
    requireNothingLost(spark, "20", 4, 1);
    List<Row> before = spark.table("shop.scores").orderBy("id").collectAsList();
    Path victim = Path.of(URI.create(spark.table("shop.docs").where("day = '20'").inputFiles()[0]));
    byte[] whole = Files.readAllBytes(victim);
    Files.deleteIfExists(victim.resolveSibling("." + victim.getFileName() + ".crc"));
    Files.write(victim, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> scoreDay(spark, "20", again))
        .hasStackTraceContaining(victim.getFileName().toString());
    spark.catalog().refreshTable("shop.scores");
    assertThat(spark.table("shop.scores").orderBy("id").collectAsList()).isEqualTo(before);
    Files.write(victim, whole);
    scoreDay(spark, "20", again);
    requireNothingLost(spark, "20", 4, 1);
  }

  @Test
  void dayThatIsNotThere_isNamed(SparkSession spark) {
    assertThatThrownBy(() -> scoreDay(spark, "19"))
        .hasMessage("table shop.docs partition day=19 holds no document");
    assertThat(spark.catalog().tableExists("shop.scores")).isFalse();
  }

  @Test
  void keptColumns_standBesideThePredictions_alsoInAFolder(SparkSession spark) {
    ScoreResult result = score(spark, "input.table=shop.docs", "score.keep-columns=[text, day]");
    assertThat(spark.read().parquet(result.target()).where("id = 'c'").select("text", "day").head())
        .hasToString("[food1,21]");
    assertThatThrownBy(() -> score(spark, "input.table=shop.docs", "score.keep-columns=[hour]"))
        .hasMessage(
            "table shop.docs has no column 'hour' to keep (keep-columns); it has [id, text, day]");
    assertThatThrownBy(() -> score(spark, "input.table=shop.docs", "score.keep-columns=[id]"))
        .hasMessageStartingWith(
            "Column 'id' cannot be kept (keep-columns): the result has one of that name, [id,");
    String lines = Corpus.write(folder.resolve("lines.txt"), List.of("sport1"));
    assertThatThrownBy(
            () -> score(spark, "input.path=\"" + lines + "\"", "score.keep-columns=[day]"))
        .hasMessage(
            "Columns [day] of "
                + lines
                + " cannot be kept (keep-columns): that takes Parquet, ORC, a Hive table or a"
                + " query");
  }
}
