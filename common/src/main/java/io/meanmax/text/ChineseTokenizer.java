package io.meanmax.text;

import com.hankcs.hanlp.HanLP;
import com.hankcs.hanlp.seg.Segment;
import com.hankcs.hanlp.seg.common.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits runs of Chinese characters into words with HanLP, and the rest as {@link
 * CharactersTokenizer} does.
 *
 * <p>HanLP sees nothing but the ideographs of its dictionary: between them it would keep spaces,
 * emoji, kana and Cyrillic together in one word. Names are not guessed, because that costs half of
 * the speed and adds no accuracy; see {@code docs/decisions/0001-chinese-word-segmentation.md}.
 */
final class ChineseTokenizer implements Tokenizer {

  private static final char IDEOGRAPHIC_ZERO = 0x3007;

  private final CharactersTokenizer characters = new CharactersTokenizer();
  private final Segment segment =
      HanLP.newSegment()
          .enableNameRecognize(false)
          .enableTranslatedNameRecognize(false)
          .enableJapaneseNameRecognize(false)
          .enablePartOfSpeechTagging(false);

  @Override
  public List<String> tokenize(String text) {
    List<String> tokens = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      boolean chinese = isChinese(text.charAt(start));
      int end = start + 1;
      while (end < text.length() && isChinese(text.charAt(end)) == chinese) {
        end++;
      }
      if (chinese) {
        segment(text.substring(start, end), tokens);
      } else {
        characters.tokenize(text, start, end, tokens);
      }
      start = end;
    }
    return tokens;
  }

  private void segment(String run, List<String> tokens) {
    for (Term term : segment.seg(run)) {
      tokens.add(term.word);
    }
  }

  private static boolean isChinese(char c) {
    return (c >= 0x4E00 && c <= 0x9FA5) || c == IDEOGRAPHIC_ZERO;
  }
}
