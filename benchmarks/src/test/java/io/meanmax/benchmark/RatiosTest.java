package io.meanmax.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RatiosTest {
  private static final Corpus CORPUS =
      new Corpus("imdb", 2, Path.of("train"), Path.of("test"), 10, 100, 3, 0.1);

  private static Row row(String system, int threads, Network network, double speed, double right) {
    Measurement median =
        new Measurement(Map.of(Figure.WORDS_PER_SECOND_PER_THREAD, speed, Figure.ACCURACY, right));
    return new Row(system, new Cell(CORPUS, 80, threads, network), 5, median, Optional.empty());
  }

  private static Row timed(String system, Network network, double seconds, double documents) {
    Measurement median =
        new Measurement(
            Map.of(Figure.WALL_SECONDS, seconds, Figure.DOCUMENTS_PER_SECOND, documents));
    return new Row(system, new Cell(CORPUS, 80, 1, network), 5, median, Optional.empty());
  }

  @Test
  void of_meanAndItsPeers_dividesLikeByLike() {
    List<String> lines =
        Ratios.of(
            List.of(
                row("meanmax-sparse", 1, Network.MEAN, 9e6, 0.880),
                row("meanmax-sparse", 2, Network.MEAN, 8e6, 0.880),
                row("fasttext", 1, Network.MEAN, 2e6, 0.884),
                row("roofline", 1, null, 12e6, 0)));

    assertThat(lines)
        .anySatisfy(
            line -> assertThat(line).contains("fastText's").contains("4.50").contains("met"))
        .anySatisfy(line -> assertThat(line).contains("roofline").contains("0.75").contains("met"))
        .anySatisfy(line -> assertThat(line).contains("2 threads ÷ one").contains("1.78"))
        .anySatisfy(line -> assertThat(line).contains("-0.0040").contains("MISSED"));
  }

  @Test
  void of_meanMax_isHeldAgainstFastTextsMean() {
    List<String> lines =
        Ratios.of(
            List.of(
                row("meanmax-sparse", 1, Network.MEAN_MAX, 4e6, 0.9),
                row("fasttext", 1, Network.MEAN, 2e6, 0.9)));

    assertThat(lines).singleElement().asString().contains("2.00").contains("≥ 2.5: MISSED");
  }

  @Test
  void of_meanMax_textToModelAndScoring_areToldWithoutAGoal() {
    List<String> lines =
        Ratios.of(
            List.of(
                timed("meanmax-sparse", Network.MEAN_MAX, 60, 50),
                timed("fasttext", Network.MEAN, 80, 20)));

    assertThat(lines)
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("text → model").contains("0.75"))
        .anySatisfy(line -> assertThat(line).contains("scored").contains("2.50"))
        .noneSatisfy(line -> assertThat(line).contains("goal"));
  }

  @Test
  void json_hasEveryMainKey_alsoOfWhatDoesNotApply() {
    Row row = row("roofline", 2, null, 12e6, 0.5);
    ObjectNode json = row.toJson();
    assertThat(List.copyOf(json.properties()).subList(0, 10))
        .extracting(entry -> entry.getKey() + " " + entry.getValue())
        .containsExactly(
            "system \"roofline\"",
            "dataset \"imdb\"",
            "dim 80",
            "labels 2",
            "threads 2",
            "pooling null",
            "words_per_second_per_thread 1.2E7",
            "wall_seconds null",
            "peak_mib null",
            "accuracy 0.5");
  }

  @Test
  void median_oddAndEvenRuns_ofEachFigureThatIsThere() {
    Measurement one = new Measurement(Map.of(Figure.WALL_SECONDS, 1.0));
    Measurement four = new Measurement(Map.of(Figure.WALL_SECONDS, 4.0, Figure.ACCURACY, 0.5));
    Measurement nine = new Measurement(Map.of(Figure.WALL_SECONDS, 9.0));

    assertThat(Measurement.median(List.of(nine, one, four)).figures())
        .containsOnly(Map.entry(Figure.WALL_SECONDS, 4.0), Map.entry(Figure.ACCURACY, 0.5));
    assertThat(Measurement.median(List.of(one, four)).find(Figure.WALL_SECONDS)).hasValue(2.5);
  }

  @Test
  void rate_unequalPasses_isOverTheWholeTime() {
    // 1 s and 3 s for 6 words each.
    assertThat(Measurement.rate(List.of(6.0, 2.0))).isEqualTo(3.0);
  }
}
