package io.meanmax.job.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.job.runtime.JobException;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.ReadDocuments;
import io.meanmax.job.testing.SparkExtension;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class FastTextDocumentsTest {
  @TempDir private Path folder;

  private String file(String name, String text) {
    return Corpus.write(folder.resolve(name), text);
  }

  @Test
  void labelAndText_areSplit_andIdIsFileAndOffset(SparkSession spark) {
    String path = file("train.txt", "__label__a one two\n__label__b three\n");
    assertThat(ReadDocuments.of(spark, path))
        .containsExactly("train.txt:0|a|one two|1.0", "train.txt:19|b|three|1.0");
  }

  @Test
  void prefix_mayBeAnyText_andCountsOnlyAtTheStart(SparkSession spark) {
    String path = file("train.txt", "ll20 hello llama world\nll7 x\n");
    assertThat(ReadDocuments.of(spark, path, "input.label-prefix=ll"))
        .containsExactly("train.txt:0|20|hello llama world|1.0", "train.txt:23|7|x|1.0");
  }

  @Test
  void prefix_withRegexCharacters_isTakenAsItStands(SparkSession spark) {
    String path = file("train.txt", "[.*]a x\n");
    assertThat(ReadDocuments.of(spark, path, "input.label-prefix=\"[.*]\""))
        .containsExactly("train.txt:0|a|x|1.0");
  }

  @Test
  void byteOrderMark_lineEnds_tabs_andFullWidthSpaces_areNoText(SparkSession spark) {
    String path =
        file(
            "train.txt",
            "\uFEFF__label__a one\r\n\t__label__b\ttwo\tthree\r\n__label__c\u3000四\u3000五\r\n");
    assertThat(ReadDocuments.of(spark, path))
        .containsExactly(
            "train.txt:0|a|one|1.0",
            "train.txt:19|b|two\tthree|1.0",
            "train.txt:42|c|四\u3000五|1.0");
  }

  @Test
  void blankLines_areNoRows(SparkSession spark) {
    String path = file("train.txt", "\n  \n__label__a x\n\u3000\t\n\r\n");
    assertThat(ReadDocuments.of(spark, path)).containsExactly("train.txt:4|a|x|1.0");
  }

  @Test
  void lastLine_withoutLineEnd_isRead(SparkSession spark) {
    String path = file("train.txt", "__label__a x\n__label__b y");
    assertThat(ReadDocuments.of(spark, path)).hasSize(2).contains("train.txt:13|b|y|1.0");
  }

  @Test
  void unusableLines_areRejectedWithTheirReason(SparkSession spark) throws IOException {
    Path path = folder.resolve("train.txt");
    try (OutputStream out = Files.newOutputStream(path)) {
      out.write("no label here\n__label__a\n__label__ x\n".getBytes(StandardCharsets.UTF_8));
      out.write(new byte[] {'_', '_', 'l', 'a', 'b', 'e', 'l', '_', '_', 'a', ' ', (byte) 0xff});
      out.write("\n__label__a __label__b two\n".getBytes(StandardCharsets.UTF_8));
      out.write(("__label__a " + "é".repeat(51) + "\n").getBytes(StandardCharsets.UTF_8));
      out.write(("__label__a " + "é".repeat(50) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(ReadDocuments.of(spark, path.toString(), "input.max-row-bytes=100"))
        .containsExactlyInAnyOrder(
            "train.txt:0!no label",
            "train.txt:14!empty text",
            "train.txt:25!empty label: '__label__' with nothing after it",
            "train.txt:37!invalid UTF-8",
            "train.txt:50!2 labels where network.output = softmax takes one",
            "train.txt:76!row over input.max-row-bytes = 100",
            "train.txt:190|a|" + "é".repeat(50) + "|1.0");
  }

  @Test
  void folder_isReadWithItsSubfolders_withoutHiddenFiles(SparkSession spark) {
    file("corpus/a.txt", "__label__a x\n");
    file("corpus/deep/b.txt", "__label__b y\n");
    file("corpus/_SUCCESS", "__label__c hidden\n");
    file("corpus/_rejected/part-0", "__label__c hidden\n");
    file("corpus/.a.txt.crc", "__label__c hidden\n");
    assertThat(ReadDocuments.of(spark, folder.resolve("corpus").toString()))
        .containsExactly("a.txt:0|a|x|1.0", "deep/b.txt:0|b|y|1.0");
  }

  @Test
  void filesOfOneName_inSeveralFolders_haveDocumentsWithIdsOfTheirOwn(SparkSession spark) {
    file("day=1/part-0", "__label__a x\n");
    file("day=2/part-0", "__label__b y\n");
    assertThat(ReadDocuments.of(spark, folder + "/day=*"))
        .containsExactly("day=1/part-0:0|a|x|1.0", "day=2/part-0:0|b|y|1.0");
  }

  @Test
  void glob_takesWhatItMatches(SparkSession spark) {
    file("train-1.txt", "__label__a x\n");
    file("train-2.txt", "__label__b y\n");
    file("test.txt", "__label__c z\n");
    assertThat(ReadDocuments.of(spark, folder + "/train-*.txt"))
        .containsExactly("train-1.txt:0|a|x|1.0", "train-2.txt:0|b|y|1.0");
  }

  @Test
  void gzip_isReadAsWhatItHolds(SparkSession spark) throws IOException {
    Path path = folder.resolve("train.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write("\uFEFF__label__a x\n__label__b y\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(ReadDocuments.of(spark, path.toString()))
        .containsExactly("train.txt.gz:0|a|x|1.0", "train.txt.gz:16|b|y|1.0");
  }

  @Test
  void brokenArchive_isNamed(SparkSession spark) {
    String path = file("train.txt.gz", "no archive at all");
    assertThatThrownBy(() -> ReadDocuments.of(spark, path))
        .rootCause()
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ReadDocuments.of(spark, path))
        .cause()
        .isInstanceOf(JobException.class)
        .hasMessage("Cannot read file:" + path + ": not a gzip file");
  }

  @Test
  void missingPath_isNamed(SparkSession spark) {
    String path = folder + "/nowhere*";
    assertThatThrownBy(() -> ReadDocuments.of(spark, path))
        .isInstanceOf(JobException.class)
        .hasMessage("Input path does not exist: " + path);
  }

  @Test
  void folderWithoutFiles_isRefused(SparkSession spark) {
    assertThatThrownBy(() -> ReadDocuments.of(spark, folder.toString()))
        .isInstanceOf(JobException.class)
        .hasMessage("Input holds no file: " + folder);
  }

  @Test
  void largeFile_isSplit_andIdsAreByteOffsetsAllTheSame(SparkSession spark) {
    List<String> lines = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    long offset = 0;
    for (int i = 0; i < 50_000; i++) {
      String line = "__label__" + i % 3 + " " + "é".repeat(i % 40) + " word" + i;
      lines.add(line);
      expected.add("big.txt:" + offset);
      offset += line.getBytes(StandardCharsets.UTF_8).length + 1;
    }
    String path = file("big.txt", String.join("\n", lines) + "\n");
    var read = DocumentReader.read(spark, input(path), Labelling.REQUIRED);
    assertThat(read.javaRDD().getNumPartitions()).isGreaterThan(1);
    assertThat(read.collectAsList().stream().map(row -> row.getString(0)).toList())
        .isEqualTo(expected);
  }

  @Test
  void largeBzip2File_hasIdsThatDoNotDependOnSplits(SparkSession spark) throws IOException {
    Path path = folder.resolve("big.txt.bz2");
    Random random = new Random(1);
    List<String> expected = new ArrayList<>();
    BZip2Codec codec = new BZip2Codec();
    codec.setConf(spark.sparkContext().hadoopConfiguration());
    try (OutputStream out = codec.createOutputStream(Files.newOutputStream(path))) {
      long offset = 0;
      for (int i = 0; i < 4_000; i++) {
        byte[] noise = new byte[400];
        for (int at = 0; at < noise.length; at++) {
          noise[at] = (byte) ('0' + random.nextInt(75));
        }
        byte[] line =
            ("__label__a " + new String(noise, StandardCharsets.US_ASCII) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
        out.write(line);
        expected.add("big.txt.bz2:" + offset);
        offset += line.length;
      }
    }
    assertThat(Files.size(path)).isGreaterThan(1 << 20);
    List<String> ids =
        DocumentReader.read(spark, input(path.toString()), Labelling.REQUIRED)
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    assertThat(ids.equals(expected)).isTrue();
  }

  private static io.meanmax.config.InputConfig input(String path) {
    return ReadDocuments.input("input.path=\"" + path + "\"");
  }
}
