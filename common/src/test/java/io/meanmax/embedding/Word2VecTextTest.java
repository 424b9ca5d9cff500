package io.meanmax.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Word2VecTextTest {

  private static byte[] write(EmbeddingTable table, int firstId, IntFunction<String> word)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Word2VecText.write(table, firstId, word, out);
    return out.toByteArray();
  }

  @Test
  void write_isExact() throws Exception {
    EmbeddingTable table = new EmbeddingTable(4, 3, 6);
    float[][] rows = {{9, 9, 9}, {9, 9, 9}, {1, -0.5f, 1e-10f}, {0.1f, 3e9f, -0f}};
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, table.page(row), table.offset(row), 3);
    }
    String[] words = {"<pad>", "<unk>", "中文𝄞", "é"};
    assertThat(new String(write(table, 2, id -> words[id]), UTF_8))
        .isEqualTo("2 3\n中文𝄞 1.0 -0.5 1.0E-10\né 0.1 3.0E9 -0.0\n");
  }

  @Test
  void write_ofNoRows_isTheHeaderAlone() throws Exception {
    assertThat(new String(write(new EmbeddingTable(2, 3), 2, id -> "x"), UTF_8)).isEqualTo("0 3\n");
  }

  @Test
  void write_closesTheStream() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    OutputStream out =
        new FilterOutputStream(OutputStream.nullOutputStream()) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    Word2VecText.write(new EmbeddingTable(1, 1), 0, id -> "x", out);
    assertThat(closed).isTrue();
  }

  @Test
  void write_ofRandomFloats_readsBackExactly() throws Exception {
    Random random = new Random(7);
    EmbeddingTable table = new EmbeddingTable(1021, 7, 100);
    for (int row = 0; row < 1021; row++) {
      for (int i = 0; i < 7; i++) {
        table.page(row)[table.offset(row) + i] =
            (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-30, 30)));
      }
    }
    String text = new String(write(table, 0, id -> "w" + id), UTF_8);
    try (Scanner scanner = new Scanner(text)) {
      assertThat(scanner.nextLine()).isEqualTo("1021 7");
      for (int row = 0; row < 1021; row++) {
        String[] fields = scanner.nextLine().split(" ", -1);
        assertThat(fields).hasSize(8).startsWith("w" + row);
        float[] vector = new float[7];
        for (int i = 0; i < 7; i++) {
          vector[i] = Float.parseFloat(fields[i + 1]);
        }
        assertThat(vector).isEqualTo(table.row(row));
      }
      assertThat(scanner.hasNextLine()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\tb", "a\nb", "a\r", "\u000B"})
  void write_ofAWordThatIsNotOne_isRefused(String word) {
    assertThatThrownBy(() -> write(new EmbeddingTable(3, 2), 2, id -> word))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Word '"
                + word
                + "' (id 2) is empty or holds white space, which word2vec text cannot write");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u00A0b", "a\u3000b", "\u200B"})
  void write_ofAWordWithSpacesOfUnicodeOnly_isOneField(String word) throws Exception {
    assertThat(new String(write(new EmbeddingTable(1, 1), 0, id -> word), UTF_8))
        .isEqualTo("1 1\n" + word + " 0.0\n");
  }
}
