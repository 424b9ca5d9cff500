package io.meanmax.job.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.config.EncodeConfig;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.schema.SchemaException;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class EncodeJobTest {
  @TempDir private Path folder;

  private Road road(SparkSession spark, String name, List<String> lines, String... overrides) {
    String input = Corpus.write(folder.resolve(name + ".txt"), lines);
    return Road.of(spark, folder.resolve(name), input, overrides);
  }

  private static List<String> encoded(Road road) {
    return road.rows("encode").orderBy("id").collectAsList().stream()
        .map(row -> "%s %s %s".formatted(row.getList(1), row.getInt(2), row.getFloat(3)))
        .toList();
  }

  @Test
  void tokens_becomeIds_cutAtMaxTokens_orUnk(SparkSession spark) {
    Road road =
        road(
            spark,
            "train",
            List.of("__label__a x x y rare x", "__label__a x y z", "__label__b rarer"),
            "vocabulary.min-count=2",
            "vocabulary.label-weights=none",
            "encode.max-tokens=3");
    road.tokenize();
    road.vocabulary();
    EncodeResult result = road.encode();
    assertThat(encoded(road)).containsExactly("[2, 2, 3] 0 1.0", "[2, 3] 0 1.0", "[1] 1 1.0");
    assertThat(result.examples()).isEqualTo(3);
    assertThat(result.words()).isEqualTo(6);
    assertThat(result.truncatedExamples()).isEqualTo(1);
    assertThat(result.cutTokens()).isEqualTo(2);
    assertThat(result.unknownExamples()).isEqualTo(1);
  }

  @Test
  void textWithoutTokens_becomesUnk(SparkSession spark) {
    Corpus.write(folder.resolve("stop.txt"), "the");
    Road road =
        road(
            spark,
            "train",
            List.of("__label__a the", "__label__b cat"),
            "tokenizer.stop-words=\"" + folder.resolve("stop.txt") + "\"");
    road.prepare();
    assertThat(encoded(road)).containsExactly("[1] 0 1.0", "[2] 1 1.0");
  }

  @Test
  void weightColumn_multipliesTheLabelsWeight(SparkSession spark) {
    String input =
        Corpus.write(folder.resolve("train.csv"), "id,label,text,w\n1,a,x,0.5\n2,a,x,1\n3,b,x,2\n");
    Road road =
        Road.of(
            spark,
            folder.resolve("work"),
            input,
            "input.weight-column=w",
            "vocabulary.label-weights=inverse",
            "vocabulary.label-weight-scale=4");
    road.prepare();
    assertThat(encoded(road)).containsExactly("[2] 0 1.0", "[2] 0 2.0", "[2] 1 8.0");
  }

  @Test
  void labelThatTheVocabularyLacks_isRefused(SparkSession spark) {
    Road known = road(spark, "known", List.of("__label__a x", "__label__b x"));
    known.prepare();
    Road other = road(spark, "other", List.of("__label__a x", "__label__c x", "__label__c y"));
    other.tokenize();
    EncodeJob job =
        new EncodeJob(
            spark,
            other.path("tokenize"),
            known.path("vocabulary"),
            EncodeConfig.from(other.settings()),
            other.output("encode"));
    assertThatThrownBy(job::run)
        .isInstanceOf(JobException.class)
        .hasMessage(
            "2 documents of %s carry a label that %s does not have; run vocabulary again"
                .formatted(other.path("tokenize"), known.path("vocabulary")));
    assertThat(folder.resolve("other/encode")).doesNotExist();
  }

  @Test
  void missingVocabulary_isNamed(SparkSession spark) {
    Road road = road(spark, "train", List.of("__label__a x", "__label__b x"));
    road.tokenize();
    assertThatThrownBy(road::encode)
        .isInstanceOf(JobException.class)
        .hasMessage(
            "%s is not the output of a finished stage: it has no _stage.json. Run 'vocabulary' first"
                .formatted(road.path("vocabulary")));
  }

  @Test
  void outputOfAnotherStage_isRefused(SparkSession spark) {
    Road road = road(spark, "train", List.of("__label__a x", "__label__b x"));
    road.tokenize();
    EncodeJob job =
        new EncodeJob(
            spark,
            road.path("tokenize"),
            road.path("tokenize"),
            EncodeConfig.from(road.settings()),
            road.output("encode"));
    assertThatThrownBy(job::run)
        .isInstanceOf(JobException.class)
        .hasMessage(
            "%s was written by 'tokenize' where the output of 'vocabulary' is needed"
                .formatted(road.path("tokenize")));
  }

  @Test
  void tokensOfOtherColumns_areRefused(SparkSession spark) {
    Road road = road(spark, "train", List.of("__label__a x", "__label__b x"));
    road.tokenize();
    road.vocabulary();
    spark
        .sql("select 'd' id, 'x' tokens, 1.0D weight")
        .write()
        .mode("append")
        .parquet(road.path("tokenize") + "/columns.parquet");
    EncodeJob job =
        new EncodeJob(
            spark,
            road.path("tokenize") + "/columns.parquet",
            road.path("vocabulary"),
            EncodeConfig.from(road.settings()),
            road.output("encode"));
    Corpus.write(
        Path.of(road.path("tokenize"), "columns.parquet", "_stage.json"),
        "{\"stage\": \"tokenize\", \"fingerprint\": \"\", \"inputs\": {}, \"counts\": {}}");
    assertThatThrownBy(job::run)
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith(
            road.path("tokenize")
                + "/columns.parquet does not have the columns it needs: tokens should be"
                + " array<string> and is string, label string is missing. Expected struct<id:string");
  }
}
