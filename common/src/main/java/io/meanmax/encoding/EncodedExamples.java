package io.meanmax.encoding;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Encoded examples of one worker, column by column in primitive arrays: the form in which they are
 * cached. Immutable and thread-safe once built.
 */
public final class EncodedExamples implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Ids of each example. */
  private final int[][] features;

  private final int[] labels;
  private final float[] weights;
  private final long words;

  private EncodedExamples(int[][] features, int[] labels, float[] weights, long words) {
    this.features = features;
    this.labels = labels;
    this.weights = weights;
    this.words = words;
  }

  /** How many examples there are. */
  public int size() {
    return labels.length;
  }

  /** Ids of all examples together. */
  public long words() {
    return words;
  }

  /** The ids of an example; not to be changed. */
  public int[] features(int example) {
    return features[example];
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
    private int[][] features = new int[1024][];
    private int[] labels = new int[1024];
    private float[] weights = new float[1024];
    private int size;
    private long words;

    /**
     * Adds an example.
     *
     * @param ids its ids, at least one, kept without a copy
     * @param label its label id
     * @param weight its weight
     */
    public void add(int[] ids, int label, float weight) {
      if (ids.length == 0) {
        throw new IllegalArgumentException(
            "An example needs at least one id (UNK if all else fails)");
      }
      if (size == labels.length) {
        features = Arrays.copyOf(features, 2 * size);
        labels = Arrays.copyOf(labels, 2 * size);
        weights = Arrays.copyOf(weights, 2 * size);
      }
      features[size] = ids;
      labels[size] = label;
      weights[size] = weight;
      size++;
      words += ids.length;
    }

    /** The examples added so far. */
    public EncodedExamples build() {
      return new EncodedExamples(
          Arrays.copyOf(features, size),
          Arrays.copyOf(labels, size),
          Arrays.copyOf(weights, size),
          words);
    }
  }
}
