package io.meanmax.network;

import io.meanmax.embedding.EmbeddingTable;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Reads and writes the weights of {@code network.zip} without DL4J, so that whoever only scores
 * needs no native library, and publishing does not wait for ND4J to write float by float. Format,
 * as DL4J 1.0.0-M2.1's ModelSerializer writes it: the entry {@code coefficients.bin} holds all
 * parameters as one vector, ND4J's shape information first; weights of a layer come before its
 * bias, matrices column by column.
 */
public final class NetworkFile {
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final int BUFFER_BYTES = 1 << 16;

  private static final String ALLOCATION_MODE = "MIXED_DATA_TYPES";

  /** ND4J's flag, among the extras of an array's shape, for 32-bit floats. */
  private static final long FLOAT_FLAG = 8192;

  private NetworkFile() {}

  /**
   * Reads parameters; the stream is read to the end of the entry and left open.
   *
   * @param spec the network the file must be of
   * @throws IOException if it is not, or the file is damaged
   */
  public static NetworkParameters read(InputStream in, NetworkSpec spec) throws IOException {
    ZipInputStream zip = new ZipInputStream(in);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (entry.getName().equals(COEFFICIENTS)) {
        return parameters(new DataInputStream(new BufferedInputStream(zip, BUFFER_BYTES)), spec);
      }
    }
    throw new IOException("it has no " + COEFFICIENTS);
  }

  /**
   * Writes a network; the stream is left open. Weights look random to a compressor, so they are
   * stored as they are.
   *
   * @param configuration the graph's configuration, as DL4J renders it
   */
  static void write(NetworkParameters parameters, String configuration, OutputStream out)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.NO_COMPRESSION);
    zip.putNextEntry(new ZipEntry(CONFIGURATION));
    zip.write(configuration.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
    zip.putNextEntry(new ZipEntry(COEFFICIENTS));
    DataOutputStream entry = new DataOutputStream(new BufferedOutputStream(zip, BUFFER_BYTES));
    writeShape(entry, size(parameters));
    writeHeader(entry, size(parameters), "FLOAT");
    writeValues(entry, parameters);
    entry.flush();
    zip.closeEntry();
    zip.finish();
  }

  /** Rank, lengths, strides, extras, element-wise stride and order of a vector. */
  private static void writeShape(DataOutputStream out, long length) throws IOException {
    long[] shape = {1, length, 1, FLOAT_FLAG, 1, 'c'};
    writeHeader(out, shape.length, "LONG");
    for (long value : shape) {
      out.writeLong(value);
    }
  }

  private static void writeHeader(DataOutputStream out, long length, String type)
      throws IOException {
    out.writeUTF(ALLOCATION_MODE);
    out.writeLong(length);
    out.writeUTF(type);
  }

  private static void writeValues(OutputStream out, NetworkParameters parameters)
      throws IOException {
    EmbeddingTable table = parameters.embedding();
    float[] column = new float[table.rows()];
    for (int c = 0; c < table.dimension(); c++) {
      for (int row = 0; row < column.length; row++) {
        column[row] = table.page(row)[table.offset(row) + c];
      }
      writeFloats(out, column);
    }
    for (NetworkParameters.Layer layer : parameters.layers()) {
      column = new float[layer.inputs()];
      for (int o = 0; o < layer.outputs(); o++) {
        for (int i = 0; i < column.length; i++) {
          column[i] = layer.weights()[i * layer.outputs() + o];
        }
        writeFloats(out, column);
      }
      writeFloats(out, layer.bias());
    }
  }

  private static void writeFloats(OutputStream out, float[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate((int) Math.min((long) values.length * Float.BYTES, BUFFER_BYTES));
    int block = bytes.capacity() / Float.BYTES;
    for (int from = 0; from < values.length; from += block) {
      int length = Math.min(block, values.length - from);
      bytes.asFloatBuffer().put(values, from, length);
      out.write(bytes.array(), 0, length * Float.BYTES);
    }
  }

  private static NetworkParameters parameters(DataInputStream in, NetworkSpec spec)
      throws IOException {
    skipShape(in);
    NetworkParameters parameters = NetworkParameters.zeros(spec);
    long length = header(in, "FLOAT");
    if (length != size(parameters)) {
      throw new IOException(
          "it holds %d parameters where the network %s has %d"
              .formatted(length, spec, size(parameters)));
    }
    EmbeddingTable table = parameters.embedding();
    float[] column = new float[table.rows()];
    for (int c = 0; c < table.dimension(); c++) {
      readFloats(in, column);
      for (int row = 0; row < column.length; row++) {
        table.page(row)[table.offset(row) + c] = column[row];
      }
    }
    for (NetworkParameters.Layer layer : parameters.layers()) {
      column = new float[layer.inputs()];
      for (int o = 0; o < layer.outputs(); o++) {
        readFloats(in, column);
        for (int i = 0; i < column.length; i++) {
          layer.weights()[i * layer.outputs() + o] = column[i];
        }
      }
      readFloats(in, layer.bias());
    }
    return parameters;
  }

  private static void readFloats(DataInputStream in, float[] values) throws IOException {
    byte[] bytes = new byte[(int) Math.min((long) values.length * Float.BYTES, BUFFER_BYTES)];
    int block = bytes.length / Float.BYTES;
    for (int from = 0; from < values.length; from += block) {
      int length = Math.min(block, values.length - from);
      in.readFully(bytes, 0, length * Float.BYTES);
      ByteBuffer.wrap(bytes).asFloatBuffer().get(values, from, length);
    }
  }

  private static long size(NetworkParameters parameters) {
    long size = (long) parameters.embedding().rows() * parameters.embedding().dimension();
    for (NetworkParameters.Layer layer : parameters.layers()) {
      size += layer.weights().length + layer.bias().length;
    }
    return size;
  }

  private static void skipShape(DataInputStream in) throws IOException {
    long longs = header(in, "LONG");
    in.skipNBytes(longs * Long.BYTES);
  }

  /** Allocation mode, length and type of one of ND4J's buffers. */
  private static long header(DataInputStream in, String expected) throws IOException {
    in.readUTF();
    long length = in.readLong();
    String type = in.readUTF();
    if (!type.equals(expected)) {
      throw new IOException(
          "its " + COEFFICIENTS + " holds " + type + " where " + expected + " is expected");
    }
    return length;
  }
}
