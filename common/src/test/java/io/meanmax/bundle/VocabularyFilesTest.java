package io.meanmax.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.vocabulary.Labels;
import io.meanmax.vocabulary.Vocabulary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyFilesTest {
  private static final String RESERVED = "0\t<pad>\t0\t0\n1\t<unk>\t3\t0\n";

  private static Vocabulary vocabulary(List<Vocabulary.Entry> tokens) {
    List<Vocabulary.Entry> entries =
        new ArrayList<>(List.of(Vocabulary.padEntry(), Vocabulary.unknownEntry(3)));
    entries.addAll(tokens);
    return Vocabulary.of(entries);
  }

  private static byte[] bytes(Vocabulary vocabulary) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    VocabularyFiles.write(vocabulary, out);
    return out.toByteArray();
  }

  private static Vocabulary readVocabulary(String text) throws IOException {
    return VocabularyFiles.vocabulary(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static Labels readLabels(String text) throws IOException {
    return VocabularyFiles.labels(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  @Test
  void write_ofAVocabulary_isExact() throws Exception {
    Vocabulary vocabulary =
        vocabulary(
            List.of(new Vocabulary.Entry("中文𝄞", 12, 7), new Vocabulary.Entry("a\tb\\n\n", 1, 1)));
    assertThat(new String(bytes(vocabulary), UTF_8))
        .isEqualTo(RESERVED + "2\t中文𝄞\t12\t7\n3\ta\\tb\\\\n\\n\t1\t1\n");
  }

  @Test
  void write_ofLabels_isExactAndReadsBack() throws Exception {
    Labels labels =
        Labels.of(List.of(new Labels.Entry("是", 9, 0.1), new Labels.Entry("n o", 3, 5 / 3.0)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    VocabularyFiles.write(labels, out);
    assertThat(out.toString(UTF_8)).isEqualTo("0\t是\t9\t0.1\n1\tn o\t3\t1.6666666666666667\n");
    assertThat(readLabels(out.toString(UTF_8)).entries()).isEqualTo(labels.entries());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 1021})
  void vocabulary_ofRandomTokens_readsBack(int tokens) throws Exception {
    Random random = new Random(tokens);
    List<Vocabulary.Entry> entries = new ArrayList<>();
    for (int i = 0; i < tokens; i++) {
      StringBuilder token = new StringBuilder(i + "\t");
      random
          .ints(random.nextInt(8), 0, 0x2FFFF)
          .filter(c -> c < 0xD800 || c > 0xDFFF)
          .forEach(token::appendCodePoint);
      entries.add(new Vocabulary.Entry(token.toString(), random.nextLong(1L << 40), i));
    }
    Vocabulary vocabulary = vocabulary(entries);
    byte[] bytes = bytes(vocabulary);
    assertThat(readVocabulary(new String(bytes, UTF_8)).entries()).isEqualTo(vocabulary.entries());
    assertThat(VocabularyFiles.hash(vocabulary)).isEqualTo(Sha256.of(bytes));
  }

  @Test
  void hashWithLabels_isThatOfBothFiles() throws Exception {
    Vocabulary vocabulary = vocabulary(List.of(new Vocabulary.Entry("a", 2, 1)));
    Labels labels =
        Labels.of(List.of(new Labels.Entry("yes", 2, 1), new Labels.Entry("no", 1, 1.5)));
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(bytes(vocabulary));
    VocabularyFiles.write(labels, both);
    assertThat(VocabularyFiles.hash(vocabulary, labels)).isEqualTo(Sha256.of(both.toByteArray()));
  }

  @Test
  void hash_changesWithEveryField() {
    List<Vocabulary.Entry> entries =
        List.of(
            new Vocabulary.Entry("a", 2, 1),
            new Vocabulary.Entry("b", 2, 1),
            new Vocabulary.Entry("a", 3, 1),
            new Vocabulary.Entry("a", 2, 2));
    assertThat(entries.stream().map(entry -> VocabularyFiles.hash(vocabulary(List.of(entry)))))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "2;a;1 | expected 4 fields separated by tabs, found 3: 2;a;1",
        "2;a;1;1;1 | expected 4 fields separated by tabs, found 5: 2;a;1;1;1",
        "\"\" | expected 4 fields separated by tabs, found 1: ",
        "3;a;1;1 | expected id 2, found 3",
        "x;a;1;1 | 'x' is not a whole number from 0",
        "2;a;1.5;1 | '1.5' is not a whole number from 0",
        "2;a;1;-4 | '-4' is not a whole number from 0",
        "2;a\\x;1;1 | a backslash must be followed by one of \\ t n r, found '\\x'"
      })
  void vocabulary_withAMalformedLine_namesIt(String line, String message) {
    String tabbed = line.replace(';', '\t');
    String rest = message == null ? "" : message.replace(';', '\t');
    assertThatThrownBy(() -> readVocabulary(RESERVED + tabbed + "\n"))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("vocabulary.txt line 3: " + rest);
  }

  @ParameterizedTest
  @CsvSource({
    "few, 'few' is not a number from 0",
    "-1, '-1' is not a number from 0",
    "NaN, 'NaN' is not a number from 0",
    "Infinity, 'Infinity' is not a number from 0"
  })
  void labels_withAMalformedWeight_nameTheLine(String weight, String message) {
    assertThatThrownBy(() -> readLabels("0\ta\t1\t1.0\n1\tb\t1\t" + weight + "\n"))
        .isInstanceOf(BundleException.class)
        .hasMessage("labels.txt line 2: " + message.replace("''", "'"));
  }

  @Test
  void vocabulary_thatIsNone_namesTheFile() {
    assertThatThrownBy(() -> readVocabulary(""))
        .isInstanceOf(BundleException.class)
        .hasMessage("vocabulary.txt: A vocabulary begins with <pad> and <unk>");
    assertThatThrownBy(() -> readVocabulary(RESERVED + "2\ta\t1\t1\n3\ta\t1\t1\n"))
        .isInstanceOf(BundleException.class)
        .hasMessage(
            "vocabulary.txt: Token 'a' stands twice in the vocabulary, with the ids 2 and 3");
  }

  @Test
  void labels_withOneTwice_nameTheFile() {
    assertThatThrownBy(() -> readLabels("0\ta\t1\t1.0\n1\ta\t1\t1.0\n"))
        .isInstanceOf(BundleException.class)
        .hasMessage("labels.txt: Label 'a' stands twice");
  }
}
