package io.meanmax.encoding;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Encoded examples of one worker, column by column in primitive arrays: the form in which they are
 * cached. Immutable and thread-safe once built.
 *
 * <p>Ids stand one example after another in chunks; an example never spans two, so that it can be
 * read in place as {@code ids(e)[start(e) .. start(e) + length(e))}.
 */
public final class EncodedExamples implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Ids of a chunk, unless a single example is longer. */
  private static final int CHUNK = 1 << 22;

  private final int[][] chunks;
  private final int[] chunkOf;
  private final int[] starts;
  private final int[] lengths;
  private final int[] labels;
  private final float[] weights;
  private final long words;

  private EncodedExamples(Builder builder) {
    this.chunks = Arrays.copyOf(builder.chunks, builder.chunk + 1);
    chunks[builder.chunk] = Arrays.copyOf(chunks[builder.chunk], builder.used);
    this.chunkOf = Arrays.copyOf(builder.chunkOf, builder.size);
    this.starts = Arrays.copyOf(builder.starts, builder.size);
    this.lengths = Arrays.copyOf(builder.lengths, builder.size);
    this.labels = Arrays.copyOf(builder.labels, builder.size);
    this.weights = Arrays.copyOf(builder.weights, builder.size);
    this.words = builder.words;
  }

  /** How many examples there are. */
  public int size() {
    return labels.length;
  }

  /** Ids of all examples together. */
  public long words() {
    return words;
  }

  /** The array that holds an example's ids; not to be changed. */
  public int[] ids(int example) {
    return chunks[chunkOf[example]];
  }

  /** Where an example's ids begin in {@link #ids}. */
  public int start(int example) {
    return starts[example];
  }

  /** How many ids an example has, at least 1. */
  public int length(int example) {
    return lengths[example];
  }

  /** A copy of an example's ids. */
  public int[] features(int example) {
    int start = starts[example];
    return Arrays.copyOfRange(ids(example), start, start + lengths[example]);
  }

  /** The label id of an example. */
  public int label(int example) {
    return labels[example];
  }

  /** The weight of an example. */
  public float weight(int example) {
    return weights[example];
  }

  /** Collects examples. Not thread-safe. */
  public static final class Builder {
    private int[][] chunks = {new int[1024]};
    private int[] chunkOf = new int[1024];
    private int[] starts = new int[1024];
    private int[] lengths = new int[1024];
    private int[] labels = new int[1024];
    private float[] weights = new float[1024];
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
      reserve(ids.length);
      System.arraycopy(ids, 0, chunks[chunk], used, ids.length);
      chunkOf[size] = chunk;
      starts[size] = used;
      lengths[size] = ids.length;
      labels[size] = label;
      weights[size] = weight;
      used += ids.length;
      words += ids.length;
      size++;
    }

    private void reserve(int length) {
      if (size == labels.length) {
        int larger = size + (size >> 1);
        chunkOf = Arrays.copyOf(chunkOf, larger);
        starts = Arrays.copyOf(starts, larger);
        lengths = Arrays.copyOf(lengths, larger);
        labels = Arrays.copyOf(labels, larger);
        weights = Arrays.copyOf(weights, larger);
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
