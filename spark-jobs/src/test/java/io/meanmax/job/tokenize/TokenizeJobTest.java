package io.meanmax.job.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.job.runtime.JobException;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class TokenizeJobTest {
  @TempDir private Path folder;

  private Road road(SparkSession spark, List<String> lines, String... overrides) {
    String input = Corpus.write(folder.resolve("train.txt"), lines);
    return Road.of(spark, folder.resolve("work"), input, overrides);
  }

  private static List<String> tokens(Road road) {
    return road.rows("tokenize").orderBy("id").collectAsList().stream()
        .map(row -> "%s %s %s".formatted(row.getList(1), row.getString(2), row.getDouble(3)))
        .toList();
  }

  private List<String> left() throws IOException {
    Path work = folder.resolve("work");
    if (!Files.exists(work)) {
      return List.of();
    }
    try (var files = Files.list(work)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void documents_becomeTokens_andAreCounted(SparkSession spark) {
    Road road = road(spark, List.of("__label__a One ＴＷＯ", "__label__b three"));
    TokenizeResult result = road.tokenize();
    assertThat(result.documents()).isEqualTo(2);
    assertThat(result.tokens()).isEqualTo(3);
    assertThat(result.emptyDocuments()).isZero();
    assertThat(result.rejected()).isZero();
    assertThat(tokens(road)).containsExactly("[one, two] a 1.0", "[three] b 1.0");
    assertThat(folder.resolve("work/tokenize/_rejected")).doesNotExist();
    assertThat(folder.resolve("work/tokenize/_SUCCESS")).exists();
  }

  @Test
  void textWithoutTokens_isKept_andCounted(SparkSession spark) {
    Path stop = folder.resolve("stop.txt");
    Corpus.write(stop, "the\n# comment\n");
    Road road =
        road(
            spark,
            List.of("__label__a the the", "__label__b the cat"),
            "tokenizer.stop-words=\"" + stop + "\"");
    TokenizeResult result = road.tokenize();
    assertThat(result.emptyDocuments()).isEqualTo(1);
    assertThat(result.documents()).isEqualTo(2);
    assertThat(tokens(road)).containsExactly("[] a 1.0", "[cat] b 1.0");
  }

  @Test
  void characters_splitChineseText(SparkSession spark) {
    Road road = road(spark, List.of("__label__a 你好 world"), "tokenizer.kind=characters");
    road.tokenize();
    assertThat(tokens(road)).containsExactly("[你, 好, world] a 1.0");
  }

  @Test
  void rejectedRows_areWrittenWithSourceAndReason(SparkSession spark) {
    List<String> lines = new ArrayList<>(Collections.nCopies(298, "__label__a x"));
    lines.add(0, "no label");
    lines.add("__label__b");
    Road road = road(spark, lines);
    TokenizeResult result = road.tokenize();
    assertThat(result.rejected()).isEqualTo(2);
    assertThat(result.documents()).isEqualTo(298);
    List<Row> rejected =
        spark.read().json(road.path("tokenize") + "/_rejected").orderBy("reason").collectAsList();
    assertThat(rejected)
        .extracting(row -> row.<String>getAs("source") + " " + row.getAs("reason"))
        .containsExactly("train.txt:3883 empty text", "train.txt:0 no label");
    assertThat(rejected.get(1).<String>getAs("row")).isEqualTo("no label");
    assertThat(spark.read().parquet(road.path("tokenize")).count()).isEqualTo(298);
  }

  @Test
  void tooManyRejectedRows_failWithTheFirst_andLeaveNothing(SparkSession spark) throws IOException {
    List<String> lines = new ArrayList<>(Collections.nCopies(93, "__label__a x"));
    lines.addAll(Collections.nCopies(7, "unlabelled"));
    Road road = road(spark, lines, "input.max-rejected-fraction=0.06");
    String input = folder.resolve("train.txt").toString();
    assertThatThrownBy(road::tokenize)
        .isInstanceOf(JobException.class)
        .hasMessage(
            "7 of 100 rows of %s cannot be used, more than input.max-rejected-fraction = 0.06."
                    .formatted(input)
                + " The first:\n"
                + "  train.txt:1209: no label: unlabelled\n"
                + "  train.txt:1220: no label: unlabelled\n"
                + "  train.txt:1231: no label: unlabelled\n"
                + "  train.txt:1242: no label: unlabelled\n"
                + "  train.txt:1253: no label: unlabelled");
    assertThat(left()).isEmpty();
  }

  @Test
  void rejectedShare_mayBeJustTheAllowedOne(SparkSession spark) {
    List<String> lines = new ArrayList<>(Collections.nCopies(99, "__label__a x"));
    lines.add("unlabelled");
    assertThat(road(spark, lines).tokenize().rejected()).isEqualTo(1);
  }

  @Test
  @Timeout(60)
  void emptyCorpus_isRefused(SparkSession spark) throws IOException {
    Road road = road(spark, List.of());
    assertThatThrownBy(road::tokenize)
        .isInstanceOf(JobException.class)
        .hasMessage(folder.resolve("train.txt") + " holds no document");
    assertThat(left()).isEmpty();
  }

  @Test
  @Timeout(60)
  void emptyTables_areRefused(SparkSession spark) {
    String path = folder.resolve("empty.parquet").toString();
    spark.sql("select 'x' text, 'a' label where false").write().parquet(path);
    assertThatThrownBy(Road.of(spark, folder.resolve("work"), path)::tokenize)
        .hasMessage(path + " holds no document");
    String query = "select 'x' text, 'a' label where 1 = 0";
    Road road =
        Road.of(
            spark,
            folder.resolve("work"),
            path,
            "input.path=null",
            "input.query=\"" + query + "\"");
    assertThatThrownBy(road::tokenize).hasMessage("query \"" + query + "\" holds no document");
  }

  @Test
  void allRowsRejected_isRefused_evenIfAllMayBe(SparkSession spark) {
    Road road = road(spark, List.of("unlabelled"), "input.max-rejected-fraction=1");
    assertThatThrownBy(road::tokenize).hasMessageEndingWith("train.txt holds no document");
  }

  @Test
  void missingStopWords_areNamed(SparkSession spark) {
    Road road = road(spark, List.of("__label__a x"), "tokenizer.stop-words=/nowhere/stop.txt");
    assertThatThrownBy(road::tokenize)
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("Cannot read tokenizer.stop-words /nowhere/stop.txt: ");
  }

  @Test
  void inputThatOutputWouldReplace_isRefused(SparkSession spark) throws IOException {
    Path docs = folder.resolve("work/tokenize");
    String file = Corpus.write(docs.resolve("train.txt"), List.of("__label__a x"));
    for (String input : List.of(file, docs.toString(), docs.getParent() + "/*/train.txt")) {
      assertThatThrownBy(Road.of(spark, folder.resolve("work"), input)::tokenize)
          .isInstanceOf(JobException.class)
          .hasMessage(
              "Output file:%s would replace what is read, %s. Give another --output"
                  .formatted(docs, input));
    }
    assertThat(Files.readString(Path.of(file), StandardCharsets.UTF_8)).isEqualTo("__label__a x\n");
  }
}
