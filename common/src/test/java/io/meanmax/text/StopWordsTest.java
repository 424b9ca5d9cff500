package io.meanmax.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class StopWordsTest {

  @Test
  void read_skipsCommentsAndBlankLines() throws IOException {
    String file = "\uFEFF# common words\r\nthe\r\n\r\n  的 \u3000\n\tand # joins\nc#\n#\nThe\nthe\n";
    assertThat(StopWords.read(new StringReader(file)))
        .containsExactly("the", "的", "and", "c#", "The");
  }

  @Test
  void read_emptyFileHasNoWords() throws IOException {
    assertThat(StopWords.read(new StringReader(""))).isEmpty();
  }
}
