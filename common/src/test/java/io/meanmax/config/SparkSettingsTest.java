package io.meanmax.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSettingsTest {
  @TempDir private Path folder;

  private static Map<String, String> set(String... overrides) {
    return Settings.read(null, List.of(overrides)).sparkSettings();
  }

  private Path file(String content) throws Exception {
    return Files.writeString(folder.resolve("own.conf"), content);
  }

  @Test
  void keys_arePassedThroughAsTheyStand() {
    assertThat(set("spark.sql.shuffle.partitions=7", "spark.no.such-key_1=x"))
        .isEqualTo(Map.of("spark.sql.shuffle.partitions", "7", "spark.no.such-key_1", "x"));
  }

  @Test
  void key_thatBeginsAnother_isKept() {
    Map<String, String> both =
        Map.of("spark.speculation", "true", "spark.speculation.quantile", "1");
    assertThat(set("spark.speculation=true", "spark.speculation.quantile=1")).isEqualTo(both);
    assertThat(set("spark.speculation.quantile=1", "spark.speculation=true")).isEqualTo(both);
    assertThat(set("spark.sql.shuffle.partitions=7", "spark.sql=x"))
        .isEqualTo(Map.of("spark.sql.shuffle.partitions", "7", "spark.sql", "x"));
  }

  @Test
  void key_thatBeginsOneOfAFile_isKept() throws Exception {
    assertThat(
            Settings.read(file("spark.speculation.quantile = 1"), List.of("spark.speculation=true"))
                .sparkSettings())
        .isEqualTo(Map.of("spark.speculation", "true", "spark.speculation.quantile", "1"));
    assertThat(
            Settings.read(file("spark.speculation = true"), List.of("spark.speculation.quantile=1"))
                .sparkSettings())
        .isEqualTo(Map.of("spark.speculation", "true", "spark.speculation.quantile", "1"));
  }

  @Test
  void quotedKeysOfAFile_maySayBoth() throws Exception {
    assertThat(
            Settings.read(
                    file("spark { speculation = true, \"speculation.quantile\" = 1 }"), List.of())
                .sparkSettings())
        .isEqualTo(Map.of("spark.speculation", "true", "spark.speculation.quantile", "1"));
  }

  @Test
  void key_writtenWithAndWithoutQuotes_isTheSame() throws Exception {
    assertThat(
            Settings.read(
                    file("spark { \"sql.shuffle.partitions\" = 3 }"),
                    List.of("spark.sql.shuffle.partitions=7"))
                .sparkSettings())
        .isEqualTo(Map.of("spark.sql.shuffle.partitions", "7"));
  }

  @Test
  void set_standsAboveTheFile() throws Exception {
    Path file = file("spark { sql.shuffle.partitions = 3, executor.memory = 2g }");
    assertThat(Settings.read(file, List.of("spark.sql.shuffle.partitions=7")).sparkSettings())
        .isEqualTo(Map.of("spark.sql.shuffle.partitions", "7", "spark.executor.memory", "2g"));
  }

  @Test
  void values_keepTheirSpelling() throws Exception {
    Map<String, String> expected =
        Map.of(
            "spark.a", "0.10",
            "spark.b", "007",
            "spark.c", "1e3",
            "spark.d", "true",
            "spark.e", "-Xmx1g -Dx=${y}, -Dz",
            "spark.f", "");
    assertThat(
            set(
                "spark.a=0.10",
                "spark.b=007",
                "spark.c=1e3",
                "spark.d=true",
                "spark.e=-Xmx1g -Dx=${y}, -Dz",
                "spark.f="))
        .isEqualTo(expected);
    assertThat(
            Settings.read(
                    file("spark { a = 0.10, b = 007, c = 1e3, d = true, f = \"\" }"), List.of())
                .sparkSettings())
        .containsAllEntriesOf(Map.of("spark.a", "0.10", "spark.b", "007", "spark.c", "1e3"));
  }

  @Test
  void list_isJoinedByCommasAsSparkWantsIt() {
    assertThat(set("spark.jars=[a.jar, b.jar]")).isEqualTo(Map.of("spark.jars", "a.jar,b.jar"));
  }

  @Test
  void null_takesASettingBack() throws Exception {
    assertThat(Settings.read(file("spark.x.y = 3"), List.of("spark.x.y=null")).sparkSettings())
        .isEmpty();
  }

  @Test
  void substitutions_areResolved() throws Exception {
    assertThat(
            Settings.read(
                    file(
                        "spark.x.a = ${models.path}/a\nspark.x.b = ${spark.x.a}/b\n"
                            + "spark.jars = a\nspark.jars = ${spark.jars},b"
                                .replace("},", "}\",\"")),
                    List.of("models.path=/m", "spark.x=1"))
                .sparkSettings())
        .isEqualTo(
            Map.of(
                "spark.x", "1", "spark.x.a", "/m/a", "spark.x.b", "/m/a/b", "spark.jars", "a,b"));
  }

  @Test
  void option_ofSpark_standsAboveAll() {
    assertThat(
            Settings.read(null, List.of("spark.a.b=1", "spark.c=2"))
                .with("spark.a.b", 3)
                .with("train.epochs", 4)
                .sparkSettings())
        .isEqualTo(Map.of("spark.a.b", "3", "spark.c", "2"));
  }

  @Test
  void catalog_isNeededForTablesAndQueries() {
    for (String key : List.of("input.table", "input.query", "output.table")) {
      assertThat(Settings.defaults().with(key, "x").readsOrWritesTables()).as(key).isTrue();
    }
    assertThat(Settings.defaults().with("input.path", "x").readsOrWritesTables()).isFalse();
  }
}
