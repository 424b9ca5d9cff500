package io.meanmax.job.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.config.GenerateConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.schema.Schemas;
import io.meanmax.job.testing.SparkExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class GenerateJobTest {
  @TempDir private Path folder;

  private String generate(SparkSession spark, String name, String... overrides) {
    GenerateConfig config = GenerateConfig.from(Settings.read(null, List.of(overrides)));
    OutputConfig output = new OutputConfig(folder.resolve(name).toString(), false, null);
    return new GenerateJob(spark, config, output).run().path();
  }

  private static List<String> lines(SparkSession spark, String path) {
    return spark.read().textFile(path).collectAsList().stream().sorted().toList();
  }

  private static int age(String line) {
    return Integer.parseInt(line.substring("__label__".length(), line.indexOf(' ')));
  }

  private static String[] words(String line) {
    return line.substring(line.indexOf(' ') + 1).split(" ", -1);
  }

  @Test
  void corpus_isTheSame_forAnyNumberOfFiles_andSplitAnywhere(SparkSession spark) {
    String one = generate(spark, "one", "generate.documents=300", "generate.files=1");
    String seven = generate(spark, "seven", "generate.documents=300", "generate.files=7");
    assertThat(lines(spark, one)).hasSize(300).isEqualTo(lines(spark, seven));
    String head = generate(spark, "head", "generate.documents=100");
    String tail = generate(spark, "tail", "generate.documents=200", "generate.first-document=100");
    List<String> both = new ArrayList<>(lines(spark, head));
    both.addAll(lines(spark, tail));
    assertThat(both.stream().sorted().toList()).isEqualTo(lines(spark, one));
    String other = generate(spark, "other", "generate.documents=300", "generate.seed=2");
    assertThat(lines(spark, other)).isNotEqualTo(lines(spark, one));
  }

  @Test
  void lengths_areBounded_andOfTheMedian(SparkSession spark) {
    String path =
        generate(
            spark,
            "lengths",
            "generate.documents=2000",
            "generate.median-length=10",
            "generate.max-length=30");
    List<Integer> lengths =
        lines(spark, path).stream().map(line -> words(line).length).sorted().toList();
    assertThat(lengths.get(0)).isBetween(1, 2);
    assertThat(lengths.get(1999)).isEqualTo(30);
    assertThat(lengths.get(1000)).isBetween(9, 11);
  }

  @Test
  void ages_areTenToSeventySeven_andStronglySkewed(SparkSession spark) {
    String path = generate(spark, "ages", "generate.documents=5000", "generate.max-length=40");
    Map<Integer, Integer> counts = new TreeMap<>();
    lines(spark, path).forEach(line -> counts.merge(age(line), 1, Integer::sum));
    assertThat(counts.keySet()).allMatch(age -> age >= 10 && age <= 77);
    int most = counts.values().stream().max(Integer::compare).orElseThrow();
    int median = counts.values().stream().sorted().toList().get(counts.size() / 2);
    assertThat(most).isGreaterThan(4 * median);
    assertThat(counts.size()).isGreaterThan(40);
  }

  @Test
  void words_areOfAZipfVocabulary_withAgesTheyAreSaidAt(SparkSession spark) {
    String path =
        generate(
            spark,
            "words",
            "generate.documents=4000",
            "generate.vocabulary-size=2000",
            "generate.noise-words=0.5");
    Map<String, Integer> counts = new HashMap<>();
    double distance = 0;
    double meanAgeDistance = 0;
    int profiled = 0;
    for (String line : lines(spark, path)) {
      for (String word : words(line)) {
        counts.merge(word, 1, Integer::sum);
        int mark = word.indexOf('_');
        if (mark > 0) {
          int peak = Integer.parseInt(word.substring(mark + 1));
          distance += Math.abs(age(line) - peak);
          meanAgeDistance += Math.abs(27 - peak);
          profiled++;
        }
      }
    }
    List<Integer> byRank = counts.values().stream().sorted((a, b) -> b - a).toList();
    assertThat(counts.size()).isBetween(1500, 2000);
    assertThat(byRank.get(0)).isGreaterThan(20 * byRank.get(200));
    assertThat(distance / profiled).isLessThan(0.8 * meanAgeDistance / profiled);
    long noise = counts.keySet().stream().filter(word -> word.indexOf('_') < 0).count();
    assertThat(noise / (double) counts.size()).isBetween(0.4, 0.6);
  }

  @Test
  void spellings_areDistinct() {
    Words words = new Words(GenerateConfig.from(Settings.defaults()));
    assertThat(java.util.stream.IntStream.rangeClosed(1, 20_000).mapToObj(words::spelling))
        .doesNotHaveDuplicates();
  }

  @Test
  void parquet_isADocumentsTable_ofTheSameDocuments(SparkSession spark) {
    String lines = generate(spark, "lines", "generate.documents=50");
    String table = generate(spark, "table", "generate.documents=50", "generate.format=parquet");
    Dataset<Row> rows = spark.read().parquet(table);
    Schemas.require(Schemas.DOCUMENTS, rows.schema(), table);
    assertThat(
            rows.collectAsList().stream()
                .map(row -> "__label__" + row.getString(2) + " " + row.getString(1))
                .sorted())
        .containsExactlyElementsOf(lines(spark, lines));
    assertThat(rows.select("id").distinct().count()).isEqualTo(50);
  }
}
