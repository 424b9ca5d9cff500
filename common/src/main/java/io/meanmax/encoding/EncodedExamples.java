package io.meanmax.encoding;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Encoded examples of one worker in primitive arrays: the form in which they are cached. Immutable
 * and thread-safe once built.
 *
 * <p>Examples stand one after another in chunks, each with its length, label and weight before its
 * ids, so that an example taken at random comes from one stretch of memory. It never spans two
 * chunks, so that its ids can be read in place as {@code ids(e)[start(e) .. start(e) + length(e))}.
 */
public final class EncodedExamples implements Serializable {
  private static final long serialVersionUID = 2L;

  /** Ints of a chunk, unless a single example is longer. */
  private static final int CHUNK = 1 << 22;

  // What stands before an example's ids, seen from the first of them.
  private static final int LENGTH = -3;
  private static final int LABEL = -2;
  private static final int WEIGHT = -1;

  /** How many ints these are. */
  private static final int HEADER = 3;

  /** Ints of a cache line. */
  private static final int LINE = 16;

  /** Ids that are read ahead, at most: 256 KiB, so that cache is left for what they name. */
  private static final int MOST_READ_AHEAD = 1 << 16;

  private final int[][] chunks;

  /** Of each example the chunk in the upper half, where its ids begin in the lower one. */
  private final long[] positions;

  private final long words;

  private EncodedExamples(Builder builder) {
    this.chunks = Arrays.copyOf(builder.chunks, builder.chunk + 1);
    chunks[builder.chunk] = Arrays.copyOf(chunks[builder.chunk], builder.used);
    this.positions = Arrays.copyOf(builder.positions, builder.size);
    this.words = builder.words;
  }

  /** How many examples there are. */
  public int size() {
    return positions.length;
  }

  /** Ids of all examples together. */
  public long words() {
    return words;
  }

  /** The array that holds an example's ids; not to be changed. */
  public int[] ids(int example) {
    return chunks[(int) (positions[example] >>> Integer.SIZE)];
  }

  /** Where an example's ids begin in {@link #ids}. */
  public int start(int example) {
    return (int) positions[example];
  }

  /** How many ids an example has, at least 1. */
  public int length(int example) {
    return ids(example)[start(example) + LENGTH];
  }

  /** A copy of an example's ids. */
  public int[] features(int example) {
    int start = start(example);
    return Arrays.copyOfRange(ids(example), start, start + length(example));
  }

  /** The label id of an example. */
  public int label(int example) {
    return ids(example)[start(example) + LABEL];
  }

  /** The weight of an example. */
  public float weight(int example) {
    return Float.intBitsToFloat(ids(example)[start(example) + WEIGHT]);
  }

  /**
   * Reads examples of a random order into the processor's cache, all at once: memory sends many
   * lines in the time that it takes for one, while examples taken one by one wait for each of
   * theirs. Of long examples only the first are read, some 65,000 ids together.
   *
   * @param order places → examples
   * @return a number that depends on all that was read, for the caller to keep: else the compiler
   *     leaves the reading out
   */
  public int readAhead(int[] order, int from, int to) {
    int read = 0;
    for (int place = from; place < to; place++) {
      read += (int) positions[order[place]];
    }
    int left = MOST_READ_AHEAD;
    for (int place = from; place < to && left > 0; place++) {
      int example = order[place];
      int[] chunk = ids(example);
      int start = start(example);
      int length = Math.min(left, chunk[start + LENGTH]);
      for (int at = start; at < start + length; at += LINE) {
        read += chunk[at];
      }
      read += chunk[start + length - 1];
      left -= length;
    }
    return read;
  }

  /** Collects examples. Not thread-safe. */
  public static final class Builder {
    private int[][] chunks = {new int[1024]};
    private long[] positions = new long[1024];
    private int chunk;
    private int used;
    private int size;
    private long words;

    /**
     * Adds an example.
     *
     * @param ids its ids, at least one; copied
     * @param label its label id
     * @param weight its weight
     */
    public void add(int[] ids, int label, float weight) {
      if (ids.length == 0) {
        throw new IllegalArgumentException(
            "An example needs at least one id (UNK if all else fails)");
      }
      reserve(HEADER + ids.length);
      int[] to = chunks[chunk];
      int start = used + HEADER;
      to[start + LENGTH] = ids.length;
      to[start + LABEL] = label;
      to[start + WEIGHT] = Float.floatToRawIntBits(weight);
      System.arraycopy(ids, 0, to, start, ids.length);
      positions[size] = (long) chunk << Integer.SIZE | start;
      used = start + ids.length;
      words += ids.length;
      size++;
    }

    private void reserve(int length) {
      if (size == positions.length) {
        positions = Arrays.copyOf(positions, size + (size >> 1));
      }
      if (used + length <= chunks[chunk].length) {
        return;
      }
      if (used == 0 || used + length <= CHUNK) {
        int larger = Math.max(used + length, Math.min(CHUNK, 2 * chunks[chunk].length));
        chunks[chunk] = Arrays.copyOf(chunks[chunk], larger);
        return;
      }
      chunks[chunk] = Arrays.copyOf(chunks[chunk], used);
      chunk++;
      if (chunk == chunks.length) {
        chunks = Arrays.copyOf(chunks, 2 * chunk);
      }
      chunks[chunk] = new int[Math.max(length, CHUNK)];
      used = 0;
    }

    /** The examples added so far. */
    public EncodedExamples build() {
      return new EncodedExamples(this);
    }
  }
}
