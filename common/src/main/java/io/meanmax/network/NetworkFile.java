package io.meanmax.network;

import io.meanmax.embedding.EmbeddingTable;
import io.meanmax.embedding.FloatBytes;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

  /** Before the weights stands the graph's configuration, some KiB. */
  private static final long MOST_BYTES_BEFORE = 1L << 26;

  private static final int MOST_ENTRIES = 100;
  private static final int MOST_SHAPE_LONGS = 100;

  /** Weights hardly compress; what claims to shrink more, and is not small, is no network. */
  private static final int MOST_COMPRESSION = 20;

  private static final long ALWAYS_READ_BYTES = 1L << 26;

  private NetworkFile() {}

  /**
   * Reads parameters; the stream is read to the end of the entry and left open. What the file
   * claims of sizes is held to its length before memory is taken, and nothing in it is Java
   * serialisation.
   *
   * @param spec the network the file must be of
   * @param bytes the file's length
   * @throws IOException if it is not, or the file is damaged
   */
  public static NetworkParameters read(InputStream in, NetworkSpec spec, long bytes)
      throws IOException {
    requireBelievable(spec, bytes);
    ZipInputStream zip = new ZipInputStream(in);
    long before = 0;
    int entries = 0;
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (entry.getName().equals(COEFFICIENTS)) {
        return parameters(new DataInputStream(new BufferedInputStream(zip, BUFFER_BYTES)), spec);
      }
      before += skip(zip, MOST_BYTES_BEFORE - before);
      if (++entries > MOST_ENTRIES) {
        throw new IOException("it has more than %d entries".formatted(MOST_ENTRIES));
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
    writeShape(entry, parameters.spec().parameters());
    writeHeader(entry, parameters.spec().parameters(), "FLOAT");
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

  private static void writeValues(DataOutputStream out, NetworkParameters parameters)
      throws IOException {
    EmbeddingTable table = parameters.embedding();
    float[] column = new float[table.rows()];
    for (int c = 0; c < table.dimension(); c++) {
      for (int row = 0; row < column.length; row++) {
        column[row] = table.page(row)[table.offset(row) + c];
      }
      FloatBytes.write(column, out);
    }
    for (NetworkParameters.Layer layer : parameters.layers()) {
      column = new float[layer.inputs()];
      for (int o = 0; o < layer.outputs(); o++) {
        for (int i = 0; i < column.length; i++) {
          column[i] = layer.weights()[i * layer.outputs() + o];
        }
        FloatBytes.write(column, out);
      }
      FloatBytes.write(layer.bias(), out);
    }
  }

  private static void requireBelievable(NetworkSpec spec, long bytes) throws IOException {
    long needed = spec.parameters() * Float.BYTES;
    if (needed > ALWAYS_READ_BYTES && needed / MOST_COMPRESSION > bytes) {
      throw new IOException(
          "the network %s takes %,d bytes, and the file has %,d".formatted(spec, needed, bytes));
    }
  }

  /** Reads an entry to its end; a small file may unpack to terabytes. */
  private static long skip(ZipInputStream zip, long most) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long skipped = 0;
    for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
      skipped += read;
      if (skipped > most) {
        throw new IOException(
            "what stands before %s unpacks to more than %,d bytes"
                .formatted(COEFFICIENTS, MOST_BYTES_BEFORE));
      }
    }
    return skipped;
  }

  private static NetworkParameters parameters(DataInputStream in, NetworkSpec spec)
      throws IOException {
    skipShape(in);
    long length = header(in, "FLOAT");
    if (length != spec.parameters()) {
      throw new IOException(
          "it holds %d parameters where the network %s has %d"
              .formatted(length, spec, spec.parameters()));
    }
    NetworkParameters parameters = NetworkParameters.zeros(spec);
    EmbeddingTable table = parameters.embedding();
    float[] column = new float[table.rows()];
    for (int c = 0; c < table.dimension(); c++) {
      FloatBytes.read(column, in);
      for (int row = 0; row < column.length; row++) {
        table.page(row)[table.offset(row) + c] = column[row];
      }
    }
    for (NetworkParameters.Layer layer : parameters.layers()) {
      column = new float[layer.inputs()];
      for (int o = 0; o < layer.outputs(); o++) {
        FloatBytes.read(column, in);
        for (int i = 0; i < column.length; i++) {
          layer.weights()[i * layer.outputs() + o] = column[i];
        }
      }
      FloatBytes.read(layer.bias(), in);
    }
    return parameters;
  }

  private static void skipShape(DataInputStream in) throws IOException {
    long longs = header(in, "LONG");
    if (longs < 0 || longs > MOST_SHAPE_LONGS) {
      throw new IOException("the shape in its %s has the length %d".formatted(COEFFICIENTS, longs));
    }
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
