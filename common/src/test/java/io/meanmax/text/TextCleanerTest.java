package io.meanmax.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextCleanerTest {

  private final TextCleaner nfkc = new TextCleaner(Normalization.NFKC, CaseFolding.LOWER_CASE);
  private final TextCleaner nfc = new TextCleaner(Normalization.NFC, CaseFolding.NONE);
  private final TextCleaner none = new TextCleaner(Normalization.NONE, CaseFolding.NONE);

  @Test
  void clean_nfkcMakesFullWidthPlainAndFoldsCase() {
    assertThat(nfkc.clean("ＡＢＣ，１２３！ﬁ ①")).isEqualTo("abc,123!fi 1");
  }

  @Test
  void clean_nfcComposesAndKeepsFullWidthAndCase() {
    assertThat(nfc.clean("Cafe\u0301 Ａ")).isEqualTo("Caf\u00E9 Ａ");
  }

  @Test
  void clean_noneKeepsAllButInvisibleCharacters() {
    assertThat(none.clean("\uFEFFＡe\u0301\u2060x\u00ADy\u200Dz")).isEqualTo("Ａe\u0301xy\u200Dz");
  }

  @Test
  void clean_dropsInvisibleCharactersBeforeComposing() {
    assertThat(nfkc.clean("e\uFEFF\u0301")).isEqualTo("\u00E9");
  }

  @Test
  void clean_givesTheSameStringWhereNothingChanges() {
    for (String text : new String[] {"", "plain ascii", "今天、天气。", "caf\u00E9 ひらがな"}) {
      assertThat(nfkc.clean(text)).isSameAs(text);
    }
  }

  @Test
  void clean_lowerCaseFollowsNoLanguage() {
    Locale before = Locale.getDefault();
    Locale.setDefault(new Locale("tr", "TR"));
    try {
      assertThat(nfkc.clean("TITLE")).isEqualTo("title");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void clean_lowersSupplementaryLettersAndPassesLoneSurrogates() {
    assertThat(nfkc.clean("\uD801\uDC00")).isEqualTo("\uD801\uDC28"); // Deseret long I
    assertThat(nfkc.clean("A\uD83D好\uDE00")).isEqualTo("a\uD83D好\uDE00");
  }

  @Test
  void clean_ofOneCodePointIsSettledAfterOnce() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String once = nfkc.clean(Character.toString(c));
      assertThat(nfkc.clean(once)).as("U+%04X", c).isEqualTo(once);
    }
  }

  @Test
  void isPlain_onlyForCharactersThatNoFormChangesOrComposes() {
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      if (TextCleaner.isPlain(c)) {
        String text = "漢" + c + "、" + c;
        assertThat(Normalizer.normalize(text, Normalizer.Form.NFKC)).isEqualTo(text);
        assertThat(Normalizer.normalize(text, Normalizer.Form.NFC)).isEqualTo(text);
      }
    }
  }
}
