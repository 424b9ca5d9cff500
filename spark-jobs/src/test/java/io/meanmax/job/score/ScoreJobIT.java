package io.meanmax.job.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.TextClassifier;
import io.meanmax.config.InputConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.PartitionSpec;
import io.meanmax.config.ScoreConfig;
import io.meanmax.config.TableTarget;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.testing.ReadDocuments;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("hive")
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoreJobIT {
  private static final InputConfig NEWS = ReadDocuments.input("input.table=news.today");

  private Path folder;
  private Bundle bundle;
  private int outputs;

  @BeforeAll
  void train(SparkSession spark, @TempDir Path temporary) {
    folder = temporary;
    bundle = Road.trained(spark, folder, "train.epochs=1");
  }

  @BeforeEach
  void tables(SparkSession spark) {
    spark.sql("drop database if exists news cascade");
    spark.sql("create database news");
    spark
        .sql("select * from values ('1', 'sport1 sport2'), ('2', 'nothing known') as t(id, text)")
        .write()
        .saveAsTable("news.today");
  }

  private ScoreResult score(
      SparkSession spark, InputConfig input, String table, boolean overwrite) {
    String path = folder.resolve("out" + outputs++).toString();
    return new ScoreJob(
            spark,
            bundle,
            input,
            new ScoreConfig(2, List.of()),
            new OutputConfig(
                path, overwrite, table == null ? null : new TableTarget(table, PartitionSpec.NONE)))
        .run();
  }

  private void requireScored(List<Row> rows) {
    TextClassifier.Session session = TextClassifier.load(bundle).session();
    assertThat(rows).hasSize(2);
    List<Row> predictions = rows.get(0).getList(rows.get(0).fieldIndex("predictions"));
    List<TextClassifier.Prediction> expected = session.top("sport1 sport2", 2);
    assertThat(predictions)
        .extracting(row -> row.getString(0))
        .containsExactly(expected.get(0).name(), expected.get(1).name());
    assertThat(predictions)
        .extracting(row -> row.getFloat(1))
        .containsExactly(expected.get(0).probability(), expected.get(1).probability());
    assertThat(rows.get(1).<String>getAs("model")).isEqualTo("tiny");
    assertThat(rows.get(1).<Object>getAs("scored_at")).isNotNull();
  }

  @Test
  void tableOfDocuments_isScoredIntoATable_thatIsNotReplacedUnasked(SparkSession spark) {
    ScoreResult result = score(spark, NEWS, "news.predictions", false);
    assertThat(result.target()).isEqualTo("news.predictions");
    assertThat(result.rows()).isEqualTo(2);
    requireScored(spark.table("news.predictions").orderBy("id").collectAsList());
    assertThat(folder.resolve("out" + (outputs - 1)).resolve("_table")).doesNotExist();
    assertThatThrownBy(() -> score(spark, NEWS, "news.predictions", false))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "Table exists: news.predictions."
                + " Give another output.table, or --overwrite to replace it");
    score(spark, NEWS, "news.predictions", true);
    requireScored(spark.table("news.predictions").orderBy("id").collectAsList());
  }

  @Test
  void folder_takesPredictionsToo(SparkSession spark) {
    ScoreResult result = score(spark, NEWS, null, false);
    requireScored(spark.read().parquet(result.target()).orderBy("id").collectAsList());
  }

  @Test
  void tableThatIsRead_isNotWritten_whateverItIsCalled(SparkSession spark) {
    InputConfig query =
        ReadDocuments.input("input.query=\"select id, text from news.TODAY where id > 0\"");
    for (InputConfig input : List.of(NEWS, query)) {
      for (String name : List.of("news.today", "NEWS.Today", "spark_catalog.news.today")) {
        assertThatThrownBy(() -> score(spark, input, name, true))
            .isInstanceOf(JobException.class)
            .hasMessage("Table " + name + " is read and cannot be written in the same run");
      }
    }
    assertThat(spark.table("news.today").columns()).containsExactly("id", "text");
  }

  @Test
  void missingDatabase_isNamedBeforeScoring(SparkSession spark) {
    assertThatThrownBy(() -> score(spark, NEWS, "nowhere.predictions", false))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "There is no database nowhere for the table nowhere.predictions. Create it first");
  }

  @Test
  void tooManyRejectedRows_leaveTheTableAlone(SparkSession spark) {
    score(spark, NEWS, "news.predictions", false);
    spark
        .sql("select * from values ('1', 'x'), ('2', ' ') as t(id, text)")
        .write()
        .saveAsTable("news.bad");
    assertThatThrownBy(
            () ->
                score(spark, ReadDocuments.input("input.table=news.bad"), "news.predictions", true))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("1 of 2 rows of table news.bad cannot be used")
        .hasMessageContaining("table news.bad:2: empty text");
    requireScored(spark.table("news.predictions").orderBy("id").collectAsList());
  }
}
