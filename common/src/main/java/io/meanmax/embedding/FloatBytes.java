package io.meanmax.embedding;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Floats as bytes: four each, the most significant first. How many there are is not written. */
public final class FloatBytes {
  private FloatBytes() {}

  /** Writes all values of an array. */
  public static void write(float[] values, DataOutput out) throws IOException {
    write(values, 0, values.length, new byte[values.length * Float.BYTES], out);
  }

  /** Writes a table row by row. */
  public static void write(EmbeddingTable table, DataOutput out) throws IOException {
    byte[] buffer = new byte[table.dimension() * Float.BYTES];
    for (int row = 0; row < table.rows(); row++) {
      write(table.page(row), table.offset(row), table.dimension(), buffer, out);
    }
  }

  /** Fills an array. */
  public static void read(float[] values, DataInput in) throws IOException {
    read(values, 0, values.length, new byte[values.length * Float.BYTES], in);
  }

  /** Fills a table. */
  public static void read(EmbeddingTable table, DataInput in) throws IOException {
    byte[] buffer = new byte[table.dimension() * Float.BYTES];
    for (int row = 0; row < table.rows(); row++) {
      read(table.page(row), table.offset(row), table.dimension(), buffer, in);
    }
  }

  private static void write(float[] values, int from, int length, byte[] buffer, DataOutput out)
      throws IOException {
    ByteBuffer.wrap(buffer).asFloatBuffer().put(values, from, length);
    out.write(buffer);
  }

  private static void read(float[] values, int from, int length, byte[] buffer, DataInput in)
      throws IOException {
    in.readFully(buffer);
    ByteBuffer.wrap(buffer).asFloatBuffer().get(values, from, length);
  }
}
