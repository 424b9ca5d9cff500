package io.meanmax.network;

import io.meanmax.embedding.EmbeddingTable;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Reads the weights of {@code network.zip} without DL4J, so that whoever only scores needs no
 * native library. Format, as DL4J 1.0.0-M2.1's ModelSerializer writes it: the entry {@code
 * coefficients.bin} holds all parameters as one row vector, ND4J's shape information first; weights
 * of a layer come before its bias, matrices column by column.
 */
public final class NetworkFile {
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final int BUFFER_BYTES = 1 << 16;

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
    for (int column = 0; column < table.dimension(); column++) {
      for (int row = 0; row < table.rows(); row++) {
        table.page(row)[table.offset(row) + column] = in.readFloat();
      }
    }
    for (NetworkParameters.Layer layer : parameters.layers()) {
      for (int o = 0; o < layer.outputs(); o++) {
        for (int i = 0; i < layer.inputs(); i++) {
          layer.weights()[i * layer.outputs() + o] = in.readFloat();
        }
      }
      for (int o = 0; o < layer.outputs(); o++) {
        layer.bias()[o] = in.readFloat();
      }
    }
    return parameters;
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
