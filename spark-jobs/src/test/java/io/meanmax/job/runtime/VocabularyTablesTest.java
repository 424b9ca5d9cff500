package io.meanmax.job.runtime;

import static org.assertj.core.api.Assertions.assertThat;

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
class VocabularyTablesTest {
  private static final List<String> LINES =
      List.of("__label__a x y x", "__label__a x z", "__label__b y");

  @TempDir private Path folder;

  private Road counted(SparkSession spark, String name, String... overrides) {
    String input = Corpus.write(folder.resolve(name + ".txt"), LINES);
    Road road = Road.of(spark, folder.resolve(name), input, overrides);
    road.tokenize();
    road.vocabulary();
    return road;
  }

  @Test
  void whatIsHeld_isWhatTheTablesSay(SparkSession spark) {
    String path = counted(spark, "all").path("vocabulary");
    PreparedVocabulary held = VocabularyTables.of(spark, path);
    PreparedVocabulary read = VocabularyTables.read(spark, path);
    assertThat(held).isNotSameAs(read);
    assertThat(held.hash()).isEqualTo(read.hash());
    assertThat(held.vocabulary().entries()).isEqualTo(read.vocabulary().entries());
    assertThat(held.labels().entries()).isEqualTo(read.labels().entries());
  }

  @Test
  void tables_areReadOnce_andAgainWhenOthersAreAskedFor(SparkSession spark) {
    String all = counted(spark, "all").path("vocabulary");
    String few = counted(spark, "few", "vocabulary.min-count=2").path("vocabulary");
    PreparedVocabulary first = VocabularyTables.of(spark, all);
    assertThat(VocabularyTables.of(spark, all)).isSameAs(first);
    assertThat(first.vocabulary().size()).isEqualTo(5);
    assertThat(VocabularyTables.of(spark, few).vocabulary().size()).isEqualTo(4);
    assertThat(VocabularyTables.of(spark, all).hash()).isEqualTo(first.hash());
  }
}
