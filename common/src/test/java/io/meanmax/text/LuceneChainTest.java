package io.meanmax.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LuceneChainTest {

  private static final AnalysisFactory STANDARD = AnalysisFactory.of("standard");

  @Test
  void build_appliesAllPartsInOrder() {
    TokenizerSpec.Lucene spec =
        new TokenizerSpec.Lucene(
            List.of(AnalysisFactory.of("htmlStrip")),
            STANDARD,
            List.of(
                AnalysisFactory.of("LOWERCASE"),
                AnalysisFactory.of("asciiFolding"),
                new AnalysisFactory("length", Map.of("min", "2", "max", "10"))));
    assertThat(open(spec).tokenize("<b>Crème</b> à la BRÛLÉE"))
        .containsExactly("creme", "la", "brulee");
  }

  @Test
  void build_sameSpecTwiceKeepsItsParameters() {
    TokenizerSpec.Lucene spec =
        new TokenizerSpec.Lucene(
            List.of(),
            new AnalysisFactory("ngram", Map.of("minGramSize", "2", "maxGramSize", "2")),
            List.of());
    assertThat(open(spec).tokenize("abc")).containsExactly("ab", "bc");
    assertThat(open(spec).tokenize("abc")).containsExactly("ab", "bc");
  }

  @Test
  void build_longWordsAreSplitAtLucenesLimitUnlessToldOtherwise() {
    String word = "a".repeat(300);
    assertThat(open(new TokenizerSpec.Lucene(List.of(), STANDARD, List.of())).tokenize(word))
        .containsExactly("a".repeat(255), "a".repeat(45));
    AnalysisFactory longer = new AnalysisFactory("standard", Map.of("maxTokenLength", "300"));
    assertThat(open(new TokenizerSpec.Lucene(List.of(), longer, List.of())).tokenize(word))
        .containsExactly(word);
  }

  @Test
  void build_whiteSpaceInsideTokensBecomesUnderscoreAndEmptyTokensGo() {
    AnalysisFactory shingle = new AnalysisFactory("shingle", Map.of("outputUnigrams", "false"));
    assertThat(
            open(new TokenizerSpec.Lucene(List.of(), STANDARD, List.of(shingle))).tokenize("a b c"))
        .containsExactly("a_b", "b_c");
    AnalysisFactory blank =
        new AnalysisFactory("patternReplace", Map.of("pattern", "x", "replacement", ""));
    assertThat(open(new TokenizerSpec.Lucene(List.of(), STANDARD, List.of(blank))).tokenize("x y"))
        .containsExactly("y");
  }

  @Test
  void build_unknownTokenizerNamesItTheNearestAndTheAvailable() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                open(
                    new TokenizerSpec.Lucene(List.of(), AnalysisFactory.of("Standart"), List.of())))
        .withMessageStartingWith(
            "Unknown Lucene tokenizer 'Standart'; the nearest is 'standard', available are [")
        .withMessageContaining("whitespace");
  }

  @Test
  void build_unknownFilterNamesItsPart() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                open(
                    new TokenizerSpec.Lucene(
                        List.of(), STANDARD, List.of(AnalysisFactory.of("porterStemm")))))
        .withMessageStartingWith(
            "Unknown Lucene token filter 'porterStemm'; the nearest is 'porterStem', available");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                open(
                    new TokenizerSpec.Lucene(
                        List.of(AnalysisFactory.of("html")), STANDARD, List.of())))
        .withMessageStartingWith("Unknown Lucene char filter 'html'; the nearest is '");
  }

  @Test
  void build_refusedParametersAreNamedWithTheirFactory() {
    AnalysisFactory wrong = new AnalysisFactory("lowercase", Map.of("max", "3"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(new TokenizerSpec.Lucene(List.of(), STANDARD, List.of(wrong))))
        .withMessage(
            "Lucene token filter 'lowercase' refuses its parameters {max=3}:"
                + " Unknown parameters: {max=3}");
    AnalysisFactory missing = AnalysisFactory.of("length");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(new TokenizerSpec.Lucene(List.of(), STANDARD, List.of(missing))))
        .withMessageStartingWith("Lucene token filter 'length' refuses its parameters {}: ");
  }

  @Test
  void build_missingResourceIsNamedWithItsFactory() {
    AnalysisFactory stop = new AnalysisFactory("stop", Map.of("words", "nowhere.txt"));
    assertThatThrownBy(() -> open(new TokenizerSpec.Lucene(List.of(), STANDARD, List.of(stop))))
        .hasMessage(
            "Lucene token filter 'stop' cannot read what its parameters {words=nowhere.txt} name");
  }

  private static Tokenizer open(TokenizerSpec.Lucene spec) {
    return new LuceneTokenizer(LuceneChain.build(spec));
  }
}
