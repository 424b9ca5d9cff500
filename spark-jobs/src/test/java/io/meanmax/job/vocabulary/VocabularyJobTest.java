package io.meanmax.job.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanmax.job.runtime.JobException;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class VocabularyJobTest {
  private static final List<String> LINES =
      List.of("__label__a x y x", "__label__a x z", "__label__b y é 😀 \uFF5E", "__label__a x");

  @TempDir private Path folder;

  private Road tokenized(SparkSession spark, List<String> lines, String... overrides) {
    String input = Corpus.write(folder.resolve("train.txt"), lines);
    Road road = Road.of(spark, folder.resolve("work"), input, overrides);
    road.tokenize();
    return road;
  }

  private static List<String> table(Road road, String table) {
    return road.rows("vocabulary/" + table).orderBy("id").collectAsList().stream()
        .map(Row::mkString)
        .toList();
  }

  private static List<String> tokens(Road road) {
    return road.rows("vocabulary/vocabulary").orderBy("id").collectAsList().stream()
        .map(row -> row.mkString(" "))
        .toList();
  }

  @Test
  void tokens_getIdsByCount_tiesByTheirUtf8Bytes(SparkSession spark) {
    Road road = tokenized(spark, LINES, "tokenizer.normalization=none");
    VocabularyResult result = road.vocabulary();
    assertThat(tokens(road))
        .containsExactly(
            "0 <pad> 0 0",
            "1 <unk> 0 0",
            "2 x 4 3",
            "3 y 2 2",
            "4 z 1 1",
            "5 é 1 1",
            "6 \uFF5E 1 1",
            "7 😀 1 1");
    assertThat(result.tokens()).isEqualTo(6);
    assertThat(result.words()).isEqualTo(10);
    assertThat(result.unknownWords()).isZero();
    assertThat(result.documents()).isEqualTo(4);
  }

  @Test
  void minCount_andMaxSize_leaveTheRestToUnk(SparkSession spark) {
    Road road = tokenized(spark, LINES, "vocabulary.min-count=2");
    assertThat(road.vocabulary().unknownWords()).isEqualTo(4);
    assertThat(tokens(road)).containsExactly("0 <pad> 0 0", "1 <unk> 4 0", "2 x 4 3", "3 y 2 2");
    Road smaller = tokenized(spark, LINES, "vocabulary.max-size=1");
    assertThat(smaller.vocabulary().unknownWords()).isEqualTo(6);
    assertThat(tokens(smaller)).containsExactly("0 <pad> 0 0", "1 <unk> 6 0", "2 x 4 3");
  }

  @Test
  void labels_weighByTheRootOfTheirCount(SparkSession spark) {
    Road article = tokenized(spark, LINES, "vocabulary.label-weight-scale=5");
    article.vocabulary();
    List<Row> labels = article.rows("vocabulary/labels").orderBy("id").collectAsList();
    assertThat(labels).extracting(row -> row.getString(1)).containsExactly("a", "b");
    assertThat(labels).extracting(row -> row.getLong(2)).containsExactly(3L, 1L);
    assertThat(labels.get(0).getDouble(3)).isCloseTo(5 / Math.sqrt(3), within(1e-12));
    assertThat(labels.get(1).getDouble(3)).isEqualTo(5);
  }

  @Test
  void normalizedLabelWeights_leaveTheMeanExampleAtOne(SparkSession spark) {
    Road road = tokenized(spark, LINES);
    road.vocabulary();
    double sum =
        road.rows("vocabulary/labels").collectAsList().stream()
            .mapToDouble(row -> row.getLong(2) * row.getDouble(3))
            .sum();
    assertThat(sum).isCloseTo(4, within(1e-12));
  }

  @Test
  void labelsOfOneCount_areOrderedByText(SparkSession spark) {
    Road road =
        tokenized(
            spark,
            List.of("__label__b x", "__label__a x", "__label__c x"),
            "vocabulary.label-weights=none");
    road.vocabulary();
    assertThat(table(road, "labels")).containsExactly("0a11.0", "1b11.0", "2c11.0");
  }

  @Test
  void singleClass_isRefused(SparkSession spark) {
    Road road = tokenized(spark, List.of("__label__a x", "__label__a y"));
    assertThatThrownBy(road::vocabulary)
        .isInstanceOf(JobException.class)
        .hasMessage(
            "All 2 documents of %s have the label 'a'; a classifier needs at least 2 labels"
                .formatted(road.path("tokenize")));
    assertThat(folder.resolve("work/vocabulary")).doesNotExist();
  }

  @Test
  void vocabularyWithoutAToken_isRefused(SparkSession spark) {
    Road road = tokenized(spark, LINES, "vocabulary.min-count=5");
    assertThatThrownBy(road::vocabulary)
        .isInstanceOf(JobException.class)
        .hasMessage(
            "No token of %s stands 5 times (vocabulary.min-count); there are 10 words in all"
                .formatted(road.path("tokenize")));
    assertThat(folder.resolve("work/vocabulary")).doesNotExist();
  }

  @Test
  void documentsWithoutAToken_areRefused(SparkSession spark) {
    Road road =
        tokenized(spark, List.of("__label__a ...", "__label__b !"), "tokenizer.kind=lucene");
    assertThatThrownBy(road::vocabulary)
        .isInstanceOf(JobException.class)
        .hasMessage(
            "No document of %s has a token; see the settings of tokenizer"
                .formatted(road.path("tokenize")));
  }

  @Test
  void tokensThatAreNone_areRefused(SparkSession spark) {
    Road road = Road.of(spark, folder.resolve("work"), "unused");
    assertThatThrownBy(road::vocabulary)
        .isInstanceOf(JobException.class)
        .hasMessage(
            "%s is not the output of a finished stage: it has no _stage.json. Run 'tokenize' first"
                .formatted(road.path("tokenize")));
  }
}
