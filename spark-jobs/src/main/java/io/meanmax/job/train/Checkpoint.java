package io.meanmax.job.train;

import io.meanmax.embedding.FloatBytes;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Where a training stood after an epoch, but for what the trainer keeps by itself. As a file: magic
 * number, format version, the numbers below, the best parameters (table row by row, then weights
 * and bias of each layer), the trainer's state, and a CRC-32 of all that. Big-endian; floats are of
 * 4 bytes.
 *
 * @param epochs that were made
 * @param bestEpoch number of the best one, from 1
 * @param epochsWithoutGain since the validation accuracy last rose
 * @param best the best epoch's parameters
 */
record Checkpoint(int epochs, int bestEpoch, int epochsWithoutGain, NetworkParameters best) {
  private static final int MAGIC = 0x4d4d4350;
  private static final int FORMAT = 1;
  private static final int BUFFER_BYTES = 1 << 16;

  /** Writes it with the trainer's state; the stream is left open. */
  void write(Trainer trainer, OutputStream to) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(to, new CRC32());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeInt(MAGIC);
    out.writeInt(FORMAT);
    out.writeInt(epochs);
    out.writeInt(bestEpoch);
    out.writeInt(epochsWithoutGain);
    FloatBytes.write(best.embedding(), out);
    for (NetworkParameters.Layer layer : best.layers()) {
      FloatBytes.write(layer.weights(), out);
      FloatBytes.write(layer.bias(), out);
    }
    trainer.save(out);
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }

  /**
   * Reads one, and gives the trainer its state back.
   *
   * @throws IOException if it is none of ours, or of another network
   */
  static Checkpoint read(InputStream from, NetworkSpec spec, Trainer trainer) throws IOException {
    DataInputStream in = new DataInputStream(from);
    if (in.readInt() != MAGIC || in.readInt() != FORMAT) {
      throw new IOException("it is no checkpoint of format " + FORMAT);
    }
    int epochs = in.readInt();
    int bestEpoch = in.readInt();
    int epochsWithoutGain = in.readInt();
    NetworkParameters best = NetworkParameters.zeros(spec);
    FloatBytes.read(best.embedding(), in);
    for (NetworkParameters.Layer layer : best.layers()) {
      FloatBytes.read(layer.weights(), in);
      FloatBytes.read(layer.bias(), in);
    }
    trainer.restore(in, epochs);
    return new Checkpoint(epochs, bestEpoch, epochsWithoutGain, best);
  }

  /**
   * Reads a whole file and throws unless its checksum is that of its content.
   *
   * @param length of the file, in bytes
   */
  static void verify(InputStream from, long length) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(from, new CRC32());
    byte[] buffer = new byte[BUFFER_BYTES];
    for (long left = length - Long.BYTES; left > 0; ) {
      int read = checked.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new IOException("it is cut off");
      }
      left -= read;
    }
    long expected = checked.getChecksum().getValue();
    if (length < Long.BYTES || new DataInputStream(from).readLong() != expected) {
      throw new IOException("its checksum does not fit its content");
    }
  }
}
