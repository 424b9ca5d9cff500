package io.meanmax.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatBytesTest {
  private static float[] random(int length) {
    Random random = new Random(length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static DataInputStream in(ByteArrayOutputStream bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }

  /** On both sides of the block that is written at a time. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 40_000})
  void array_isWrittenAsJavaWritesFloats_andReadsBack(int length) throws IOException {
    float[] values = random(length);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    DataOutputStream one = new DataOutputStream(expected);
    for (float value : values) {
      one.writeFloat(value);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FloatBytes.write(values, new DataOutputStream(bytes));
    assertThat(bytes.toByteArray()).isEqualTo(expected.toByteArray());
    float[] read = new float[length];
    FloatBytes.read(read, in(bytes));
    assertThat(read).containsExactly(values);
  }

  @Test
  void table_readsBack_withoutItsPadding() throws IOException {
    EmbeddingTable table = new EmbeddingTable(3, 5);
    for (int row = 0; row < 3; row++) {
      table.setRow(row, random(5 + row), row);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FloatBytes.write(table, new DataOutputStream(bytes));
    assertThat(bytes.size()).isEqualTo(3 * 5 * Float.BYTES);
    EmbeddingTable read = new EmbeddingTable(3, 5);
    FloatBytes.read(read, in(bytes));
    for (int row = 0; row < 3; row++) {
      assertThat(read.row(row)).containsExactly(table.row(row));
    }
  }

  @Test
  void tooFewBytes_areNoticed() {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(new byte[7]));
    assertThatThrownBy(() -> FloatBytes.read(new float[2], in)).isInstanceOf(EOFException.class);
  }
}
