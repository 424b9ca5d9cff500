package io.meanmax.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InputConfigTest {
  private static InputConfig read(String... overrides) {
    return InputConfig.from(Settings.read(null, List.of(overrides)));
  }

  @ParameterizedTest
  @CsvSource({
    "train.csv, CSV",
    "train.tsv, CSV",
    "train.CSV.GZ, CSV",
    "train.tsv.bz2, CSV",
    "a.json, JSON",
    "a.jsonl.gz, JSON",
    "a.ndjson, JSON",
    "a.parquet, PARQUET",
    "folder.parquet/, PARQUET",
    "hdfs://n/day=1/*.orc, ORC",
    "train.txt, FASTTEXT",
    "train.txt.gz, FASTTEXT",
    "train, AUTO",
    "csv, AUTO",
    "/data/csv, AUTO",
    "/data/my.csv/part-0, AUTO",
    "/data.json/x.csv, CSV"
  })
  void auto_goesByTheExtension_andWaitsForTheFilesWhereThereIsNone(
      String path, InputConfig.Format format) {
    assertThat(read("input.path=" + path).format()).isEqualTo(format);
  }

  @Test
  void like_takesTheFormatOfAFile_elseFastText() {
    InputConfig folder = read("input.path=/data");
    assertThat(folder.like("part-0.tsv").format()).isEqualTo(InputConfig.Format.CSV);
    assertThat(folder.like("part-0.tsv").csvDelimiter()).isEqualTo('\t');
    assertThat(folder.like("part-0.csv").csvDelimiter()).isEqualTo(',');
    assertThat(folder.like("part-0.snappy.parquet").format()).isEqualTo(InputConfig.Format.PARQUET);
    assertThat(folder.like("part-00000").format()).isEqualTo(InputConfig.Format.FASTTEXT);
  }

  @ParameterizedTest
  @EnumSource(value = InputConfig.Format.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void format_thatIsGiven_ranksAboveTheExtension(InputConfig.Format format) {
    assertThat(read("input.path=a.csv", "input.format=" + Settings.nameOf(format)).format())
        .isEqualTo(format);
  }

  @ParameterizedTest
  @CsvSource({
    "a.tsv, 9",
    "a.TSV.gz, 9",
    "folder.tsv/, 9",
    "a.csv, 44",
    "x.tsv.d/a.csv, 44",
    "a.txt, 44"
  })
  void delimiter_autoIsATabForTsv(String path, int delimiter) {
    assertThat((int) read("input.path=" + path).csvDelimiter()).isEqualTo(delimiter);
  }

  @Test
  void delimiter_ofMoreThanOneChar_isRefused() {
    assertThatThrownBy(() -> read("input.path=x", "input.csv.delimiter=\"\""))
        .hasMessage(
            "input.csv.delimiter must be auto or one character (\"\\t\" for a tab); found \"\""
                + " (--set input.csv.delimiter)");
    assertThatThrownBy(() -> read("input.path=x", "input.csv.delimiter=𝄞"))
        .hasMessageContaining("found \"𝄞\"");
  }

  @Test
  void twoSources_areRefused() {
    assertThatThrownBy(() -> read("input.path=a.txt", "input.query=select 1"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "Give only one of input.path, input.table and input.query; found input.path ="
                + " \"a.txt\" (--set input.path), input.query = \"select 1\" (--set input.query)");
    assertThatThrownBy(() -> read("input.path=a", "input.table=b", "input.query=c"))
        .hasMessageContaining("input.table = \"b\"");
  }

  @Test
  void tableOrQuery_alone_isASource() {
    assertThat(read("input.table=db.docs"))
        .satisfies(input -> assertThat(input.table()).isEqualTo("db.docs"))
        .satisfies(input -> assertThat(input.describe()).isEqualTo("table db.docs"));
    assertThat(read("input.query=select 1").describe()).isEqualTo("query \"select 1\"");
    assertThat(read("input.path=a.txt").describe()).isEqualTo("a.txt");
  }

  @Test
  void test_goesByItsOwnExtension() {
    Settings settings = Settings.read(null, List.of("input.table=db.docs", "input.test=test.csv"));
    InputConfig test = InputConfig.test(settings).orElseThrow();
    assertThat(test.path()).isEqualTo("test.csv");
    assertThat(test.table()).isNull();
    assertThat(test.format()).isEqualTo(InputConfig.Format.CSV);
  }

  @Test
  void labelPrefix_thatIsBlank_isRefused() {
    assertThatThrownBy(() -> read("input.path=x", "input.label-prefix=\"  \""))
        .hasMessage(
            "input.label-prefix must be a text that is not blank; found \"  \" (--set"
                + " input.label-prefix)");
  }

  @Test
  void columns_canBeNamed() {
    InputConfig input =
        read("input.path=x", "input.id-column=nr", "input.weight-column=w", "input.text-column=t");
    assertThat(input.idColumn()).isEqualTo("nr");
    assertThat(input.weightColumn()).isEqualTo("w");
    assertThat(input.textColumn()).isEqualTo("t");
  }
}
