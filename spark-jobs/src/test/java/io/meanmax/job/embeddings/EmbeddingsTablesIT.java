package io.meanmax.job.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.TextClassifier;
import io.meanmax.config.ConfigurationException;
import io.meanmax.config.EmbeddingsConfig;
import io.meanmax.config.InputConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Vectors in Hive tables, in a metastore on Derby. */
@Tag("hive")
@ExtendWith(SparkExtension.class)
class EmbeddingsTablesIT {
  @TempDir private Path folder;

  private EmbeddingsResult embed(SparkSession spark, Bundle bundle, String... settings) {
    Settings all =
        Settings.read(
            null,
            Stream.concat(
                    Stream.of("output.path=" + folder.resolve("out"), "output.overwrite=true"),
                    Stream.of(settings))
                .toList());
    return new EmbeddingsJob(
            spark,
            bundle,
            InputConfig.optional(all),
            EmbeddingsConfig.from(all),
            OutputConfig.from(all))
        .run();
  }

  @Test
  void vectorsOfDocuments_andOfWords_goIntoTables(SparkSession spark) {
    String train = Corpus.write(folder.resolve("train.txt"), Corpus.lines(60, 1));
    Road road = Road.of(spark, folder.resolve("work"), train, "train.epochs=1").prepare();
    Bundle bundle = road.bundle(road.train());
    spark.sql("drop database if exists vectors cascade");
    spark.sql("create database vectors");
    spark.sql(
        "create table vectors.docs (id string, text string) partitioned by (day string)"
            + " stored as parquet");
    spark.sql(
        "insert into vectors.docs partition (day) values ('a', 'sport1', '20'), ('b', 'x', '21')");
    spark.sql(
        "create table vectors.documents (vector array<float>, id string)"
            + " partitioned by (day string) stored as parquet");
    spark.sql("insert into vectors.documents partition (day = '19') values (array(1.5), 'old')");
    String[] documents = {
      "input.table=vectors.docs",
      "embeddings.keep-columns=[day]",
      "embeddings.words=false",
      "output.table=vectors.documents",
      "output.partition=day"
    };
    assertThat(embed(spark, bundle, documents).path()).isEqualTo("vectors.documents partition day");
    embed(spark, bundle, documents);
    List<Row> rows = spark.table("vectors.documents").orderBy("day").collectAsList();
    assertThat(rows)
        .extracting(row -> row.getString(1) + " " + row.getString(2))
        .containsExactly("old 19", "a 20", "b 21");
    float[] expected = TextClassifier.load(bundle).session().vector("sport1");
    assertThat(rows.get(1).<Float>getList(0))
        .containsExactlyElementsOf(
            java.util.stream.IntStream.range(0, expected.length)
                .mapToObj(i -> expected[i])
                .toList());

    String[] words = {"output.table=vectors.words", "output.partition=model=tiny"};
    long count = embed(spark, bundle, words).words();
    assertThat(embed(spark, bundle, words).words()).isEqualTo(count).isPositive();
    assertThat(spark.table("vectors.words").where("model = 'tiny'").count()).isEqualTo(count);
    assertThat(spark.table("vectors.words").columns()).containsExactly("token", "vector", "model");
    assertThat(folder.resolve("out/words.vec")).exists();

    documents[2] = "embeddings.words=true";
    assertThatThrownBy(() -> embed(spark, bundle, documents))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "Table vectors.documents takes the vectors of words or those of documents: set"
                + " embeddings.words = false or embeddings.documents = false");
  }
}
