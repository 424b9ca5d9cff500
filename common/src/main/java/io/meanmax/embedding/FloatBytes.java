package io.meanmax.embedding;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Floats as bytes: four each, the most significant first. How many there are is not written. */
public final class FloatBytes {
  private static final int BLOCK_FLOATS = 1 << 14;

  private FloatBytes() {}

  /** Writes all values of an array. */
  public static void write(float[] values, DataOutput out) throws IOException {
    write(values, 0, values.length, buffer(values.length), out);
  }

  /** Writes a table row by row. */
  public static void write(EmbeddingTable table, DataOutput out) throws IOException {
    byte[] buffer = buffer(table.dimension());
    for (int row = 0; row < table.rows(); row++) {
      write(table.page(row), table.offset(row), table.dimension(), buffer, out);
    }
  }

  /** Fills an array. */
  public static void read(float[] values, DataInput in) throws IOException {
    read(values, 0, values.length, buffer(values.length), in);
  }

  /** Fills a table. */
  public static void read(EmbeddingTable table, DataInput in) throws IOException {
    byte[] buffer = buffer(table.dimension());
    for (int row = 0; row < table.rows(); row++) {
      read(table.page(row), table.offset(row), table.dimension(), buffer, in);
    }
  }

  private static byte[] buffer(int floats) {
    return new byte[Math.min(floats, BLOCK_FLOATS) * Float.BYTES];
  }

  private static void write(float[] values, int from, int length, byte[] buffer, DataOutput out)
      throws IOException {
    for (int at = 0; at < length; at += BLOCK_FLOATS) {
      int block = Math.min(BLOCK_FLOATS, length - at);
      ByteBuffer.wrap(buffer).asFloatBuffer().put(values, from + at, block);
      out.write(buffer, 0, block * Float.BYTES);
    }
  }

  private static void read(float[] values, int from, int length, byte[] buffer, DataInput in)
      throws IOException {
    for (int at = 0; at < length; at += BLOCK_FLOATS) {
      int block = Math.min(BLOCK_FLOATS, length - at);
      in.readFully(buffer, 0, block * Float.BYTES);
      ByteBuffer.wrap(buffer).asFloatBuffer().get(values, from + at, block);
    }
  }
}
