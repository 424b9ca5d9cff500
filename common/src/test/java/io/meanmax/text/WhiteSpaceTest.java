package io.meanmax.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WhiteSpaceTest {

  @Test
  void is_everyCharacterThatJavaOrUnicodeCallsSpaceAndNulNelAndZeroWidthSpace() {
    Set<Integer> expected = new TreeSet<>(Set.of(0x00, 0x85, 0x200B));
    Set<Integer> found = new TreeSet<>();
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        expected.add((int) c);
      }
      if (WhiteSpace.is(c)) {
        found.add((int) c);
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void is_notForCharactersWhoseLowBitsLookLikeSpace() {
    assertThat(WhiteSpace.is((char) (' ' + 64))).isFalse();
    assertThat(WhiteSpace.is((char) (' ' + 128))).isTrue(); // U+00A0 is a space by itself
    assertThat(WhiteSpace.is((char) ('\t' + 64))).isFalse();
    assertThat(WhiteSpace.is('\uFEFF')).isFalse();
  }
}
