package io.meanmax.job.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.config.InputConfig;
import io.meanmax.job.runtime.Fingerprint;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.ReadDocuments;
import io.meanmax.job.testing.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("hive")
@ExtendWith(SparkExtension.class)
class TableDocumentsIT {
  @TempDir private Path folder;

  private static Dataset<Row> documents(SparkSession spark) {
    return spark.sql(
        "select * from values ('1', 'one two', 'a', 2.0D), ('2', 'three', 'b', 1.0D),"
            + " ('3', null, 'a', 1.0D), ('4', 'four', cast(null as string), 1.0D)"
            + " as t(id, text, label, w)");
  }

  private static List<String> expected(String source) {
    return List.of(
        "1|a|one two|2.0", "2|b|three|1.0", source + ":3!empty text", source + ":4!no label");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void columnarFiles_areReadByColumn(String format, SparkSession spark) {
    String path = folder.resolve("docs." + format).toString();
    documents(spark).write().format(format).save(path);
    assertThat(ReadDocuments.of(spark, path, "input.weight-column=w"))
        .containsExactlyInAnyOrderElementsOf(expected(path));
  }

  @Test
  void hiveTable_andQuery_areReadByColumn(SparkSession spark) {
    spark.sql("drop table if exists docs");
    documents(spark).write().format("hive").saveAsTable("docs");
    assertThat(
            ReadDocuments.of(
                spark, ReadDocuments.input("input.table=docs", "input.weight-column=w")))
        .containsExactlyInAnyOrderElementsOf(expected("table docs"));
    String query = "select id, upper(text) as text, label from docs where id < 3";
    InputConfig input = ReadDocuments.input("input.query=\"" + query + "\"");
    assertThat(ReadDocuments.of(spark, input)).containsExactly("1|a|ONE TWO|1.0", "2|b|THREE|1.0");
  }

  @Test
  void partition_isReadAlone_alsoOneWhoseNameHiveEscapes(SparkSession spark) {
    spark.sql("drop table if exists docs");
    documents(spark)
        .selectExpr("id", "text", "label", "if(id = 1, '10:00 a/b', 'x') at", "cast(id as int) n")
        .where("id < 3")
        .write()
        .partitionBy("at", "n")
        .saveAsTable("docs");
    InputConfig one = ReadDocuments.input("input.table=docs", "input.partition=at=10:00 a%2Fb");
    assertThat(ReadDocuments.of(spark, one)).containsExactly("1|a|one two|1.0");
    assertThat(Fingerprint.of(spark, one))
        .isEqualTo(Fingerprint.of(spark, one))
        .isNotEqualTo(Fingerprint.of(spark, ReadDocuments.input("input.table=docs")));
    assertThat(
            ReadDocuments.of(
                spark, ReadDocuments.input("input.table=docs", "input.partition=at=x/n=02")))
        .containsExactly("2|b|three|1.0");
    InputConfig unknown = ReadDocuments.input("input.table=docs", "input.partition=day=x");
    assertThatThrownBy(() -> ReadDocuments.of(spark, unknown))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "Table docs is not partitioned by 'day' (input.partition); it is partitioned by"
                + " [at, n]");
  }

  @Test
  void rowsWithoutId_areCalledByWhatTheyHold(SparkSession spark) {
    String path = folder.resolve("docs.parquet").toString();
    documents(spark).select("text", "label").write().parquet(path);
    List<String> once = ReadDocuments.of(spark, path);
    spark.read().parquet(path).repartition(3).write().parquet(path + "2.parquet");
    List<String> again = ReadDocuments.of(spark, path + "2.parquet");
    assertThat(once).anyMatch(row -> row.matches("[0-9a-f]{24}\\|a\\|one two\\|1.0"));
    assertThat(again.stream().filter(row -> row.contains("|")))
        .containsExactlyElementsOf(once.stream().filter(row -> row.contains("|")).toList());
  }

  @Test
  void invalidUtf8_inAColumn_isRejected(SparkSession spark) {
    String path = folder.resolve("docs.parquet").toString();
    spark
        .sql(
            "select '1' id, cast(X'78ff' as string) text, 'a' label union all"
                + " select '2', 'x', 'a'")
        .write()
        .parquet(path);
    assertThat(ReadDocuments.of(spark, path))
        .containsExactly(path + ":1!invalid UTF-8", "2|a|x|1.0");
  }

  @Test
  void columnOfAnotherKind_isRefused(SparkSession spark) {
    String path = folder.resolve("docs.parquet").toString();
    spark.sql("select '1' id, 'x' text, array('a', 'b') label").write().parquet(path);
    assertThatThrownBy(() -> ReadDocuments.of(spark, path))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "Column 'label' (input.label-column) of "
                + path
                + " is array<string>; it has to be text or a number");
  }

  @Test
  void missingColumn_isRefusedWithWhatThereIs(SparkSession spark) {
    String path = folder.resolve("docs.parquet").toString();
    spark.sql("select 1 id, 'x' body, 'a' label").write().parquet(path);
    assertThatThrownBy(() -> ReadDocuments.of(spark, path))
        .isInstanceOf(JobException.class)
        .hasMessage(path + " has no column 'text' (input.text-column); it has [id, body, label]");
  }

  @Test
  void numbers_areTextToo(SparkSession spark) {
    String path = folder.resolve("docs.parquet").toString();
    spark.sql("select 7L id, 12 text, 3 label").write().parquet(path);
    assertThat(ReadDocuments.of(spark, path)).containsExactly("7|3|12|1.0");
  }

  @Test
  void missingTable_isNamed(SparkSession spark) {
    assertThatThrownBy(() -> ReadDocuments.of(spark, ReadDocuments.input("input.table=nowhere")))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("Cannot read table nowhere: ")
        .hasMessageContaining("`nowhere` cannot be found")
        .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
  }

  @Test
  void badQuery_isShown(SparkSession spark) {
    assertThatThrownBy(
            () -> ReadDocuments.of(spark, ReadDocuments.input("input.query=\"selec 1\"")))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("Cannot read query \"selec 1\": ")
        .hasMessageContaining("Syntax error");
  }

  @Test
  void fileThatIsNoParquet_isNamed(SparkSession spark) {
    String path = Corpus.write(folder.resolve("docs.parquet"), "not at all, but long enough\n");
    assertThatThrownBy(() -> ReadDocuments.of(spark, path))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("Cannot read " + path + ": ");
  }
}
