package io.meanmax.job.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.job.runtime.JobException;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.ReadDocuments;
import io.meanmax.job.testing.SparkExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class ColumnDocumentsTest {
  @TempDir private Path folder;

  private String file(String name, String text) {
    return Corpus.write(folder.resolve(name), text);
  }

  @Test
  void csv_isReadByItsHeader_withQuotedFields(SparkSession spark) {
    String path =
        file("train.csv", "text,label\n\"one, two\",a\n\"say \"\"hi\"\"\", b \nplain,c\n");
    assertThat(ReadDocuments.of(spark, path))
        .containsExactly(
            "train.csv:11|a|one, two|1.0",
            "train.csv:24|b|say \"hi\"|1.0",
            "train.csv:41|c|plain|1.0");
  }

  @Test
  void csv_withOwnColumns_takesIdAndWeightFromThem(SparkSession spark) {
    String path = file("train.csv", "\uFEFFkey;body;class;w\r\n7;x y;a;2.5\r\n8;z;b;\r\n");
    assertThat(
            ReadDocuments.of(
                spark,
                path,
                "input.csv.delimiter=\";\"",
                "input.id-column=key",
                "input.text-column=body",
                "input.label-column=class",
                "input.weight-column=w"))
        .containsExactly("7|a|x y|2.5", "8|b|z|1.0");
  }

  @Test
  void tsv_isSeparatedByTabs(SparkSession spark) {
    String path = file("train.tsv", "label\ttext\na\tone, two\n");
    assertThat(ReadDocuments.of(spark, path)).containsExactly("train.tsv:11|a|one, two|1.0");
  }

  @Test
  void csv_rejectsWhatCannotBeRead(SparkSession spark) {
    String path =
        file(
            "train.csv",
            "id,text,label,w\n1,x\n2,,a,1\n3,x,,1\n4,x,a,heavy\n5,x,a,-1\n6,x,a,NaN\n");
    assertThat(ReadDocuments.of(spark, path, "input.weight-column=w"))
        .containsExactly(
            "train.csv:16!2 fields where the header has 4",
            "train.csv:20!empty text",
            "train.csv:27!no label",
            "train.csv:34!weight 'heavy' is not a number of at least 0",
            "train.csv:46!weight '-1' is not a number of at least 0",
            "train.csv:55!weight 'NaN' is not a number of at least 0");
  }

  @Test
  void csv_rejectsFieldsWithLineBreaks_unlessTheyAreAllowed(SparkSession spark) {
    String path = file("train.csv", "label,text\na,\"one\ntwo, three\"\nb,x\n");
    assertThat(ReadDocuments.of(spark, path))
        .containsExactly(
            "train.csv:11!a quoted field does not end in its line;"
                + " set input.csv.multi-line = true if fields hold line breaks",
            "train.csv:18|two| three\"|1.0",
            "train.csv:30|b|x|1.0");
    assertThat(
            ReadDocuments.of(spark, path, "input.csv.multi-line=true").stream()
                .map(row -> row.substring(row.indexOf('|')))
                .sorted())
        .containsExactly("|a|one\ntwo, three|1.0", "|b|x|1.0");
  }

  @Test
  void csvHeader_thatComesAgain_isRejectedAndNotLost(SparkSession spark) {
    String path = file("train.csv", "label,text\na,x\nlabel,text\nb,y\n");
    assertThat(ReadDocuments.of(spark, path))
        .containsExactly(
            "train.csv:11|a|x|1.0", "train.csv:15!the header again", "train.csv:26|b|y|1.0");
  }

  @Test
  void csvFields_withQuotesInside_areTakenAsTheyStand(SparkSession spark) {
    String path = file("train.csv", "label,text\na,a 5\" screen\n");
    assertThat(ReadDocuments.of(spark, path)).containsExactly("train.csv:11|a|a 5\" screen|1.0");
  }

  @Test
  void csvFiles_ofAFolder_eachRepeatTheHeader(SparkSession spark) {
    file("docs/1.csv", "label,text\na,x\n");
    file("docs/2.csv", "label,text\nb,y\n");
    String path = folder.resolve("docs").toString();
    assertThat(ReadDocuments.of(spark, path, "input.format=csv"))
        .containsExactly("1.csv:11|a|x|1.0", "2.csv:11|b|y|1.0");
    file("docs/3.csv", "text,label\nz,c\n");
    assertThatThrownBy(() -> ReadDocuments.of(spark, path, "input.format=csv"))
        .rootCause()
        .isInstanceOf(JobException.class)
        .hasMessageContaining("3.csv begins with 'text,label' and not with the header")
        .hasMessageContaining("'label,text'");
  }

  @Test
  void csv_withoutTheColumn_isRefusedWithWhatItHas(SparkSession spark) {
    String path = file("train.csv", "label,body\na,x\n");
    assertThatThrownBy(() -> ReadDocuments.of(spark, path))
        .isInstanceOf(JobException.class)
        .hasMessage(
            path + " has no column 'text' (input.text-column); its header has [label, body]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "label", "id"})
  void csv_withAColumnThatStandsTwice_isRefused(String column, SparkSession spark) {
    String header = "id,label,text," + column;
    String path = file("train.csv", header + "\n1,a,x,y\n");
    assertThatThrownBy(() -> ReadDocuments.of(spark, path))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "%s has more than one column '%s'; its header has [%s]"
                .formatted(path, column, header.replace(",", ", ")));
  }

  @Test
  void csv_withColumnsThatAreNotRead_mayNameThemTwice(SparkSession spark) {
    String path = file("train.csv", "more,id,label,text,more\n,1,a,x,\n");
    assertThat(ReadDocuments.of(spark, path)).containsExactly("1|a|x|1.0");
    String unnamed = file("unnamed.csv", "id,label,text,,\n1,a,x,,\n");
    assertThat(ReadDocuments.of(spark, unnamed)).containsExactly("1|a|x|1.0");
  }

  @Test
  void multiLineCsv_rejectsInvalidUtf8(SparkSession spark) throws IOException {
    Path path = folder.resolve("train.csv");
    Files.write(path, "id,label,text\n1,a,x\u00e9\n2,b,y\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(ReadDocuments.of(spark, path.toString(), "input.csv.multi-line=true"))
        .containsExactlyInAnyOrder("2|b|y|1.0", path + ":1!invalid UTF-8");
  }

  @Test
  void multiLineCsv_mayBeginWithAByteOrderMark_andHoldAnyText(SparkSession spark) {
    String path = file("train.csv", "\uFEFFid,label,text\r\n1,ü,\"四\r\n五 😀\"\r\n");
    assertThat(ReadDocuments.of(spark, path, "input.csv.multi-line=true"))
        .containsExactly("1|ü|四\n五 😀|1.0");
  }

  @Test
  void jsonLines_areReadByName(SparkSession spark) {
    String path =
        file(
            "train.jsonl",
            """
            {"id": "d1", "text": "one\\ntwo", "label": "a", "more": [1]}
            {"text": "three", "label": 7, "w": 0.5}
            """);
    assertThat(ReadDocuments.of(spark, path, "input.weight-column=w"))
        .containsExactly("d1|a|one\ntwo|1.0", "train.jsonl:60|7|three|0.5");
  }

  @Test
  void jsonLines_rejectWhatCannotBeRead(SparkSession spark) {
    String path =
        file(
            "train.jsonl",
            """
            {"text": "x", "label": "a"
            [1]
            {"text": "x"}
            {"label": "a", "text": ""}
            {"label": "a", "text": "x", "w": "much"}
            {"label": "a", "text": "x"} {"label": "b", "text": "y"}
            {"label": "a", "text": "x", "text": "y"}
            """);
    assertThat(ReadDocuments.of(spark, path, "input.weight-column=w"))
        .hasSize(7)
        .anyMatch(row -> row.contains("!not JSON: Duplicate field 'text'"))
        .anyMatch(row -> row.startsWith("train.jsonl:0!not JSON: Unexpected end-of-input"))
        .anyMatch(row -> row.equals("train.jsonl:27!not a JSON object"))
        .anyMatch(row -> row.equals("train.jsonl:31!no label"))
        .anyMatch(row -> row.equals("train.jsonl:45!empty text"))
        .anyMatch(row -> row.equals("train.jsonl:72!weight 'much' is not a number of at least 0"))
        .anyMatch(row -> row.startsWith("train.jsonl:113!not JSON: "));
  }
}
