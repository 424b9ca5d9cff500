package io.meanmax.sparse;

import java.util.List;

/**
 * One thread's own copy of a model's layers. Every example writes most rows of the output layer:
 * threads that shared it would wait for each other's cache lines longer than the words take. Each
 * trains its copy instead, and {@link #exchange} adds what it changed to the model's and takes over
 * what others added. One thread's; exchanges of several threads exclude one another.
 */
final class LayerCopies {
  private final List<TrainableLayer> shared;
  private final List<TrainableLayer> own;

  /** For each layer what both held after the last exchange. */
  private final float[][] agreed;

  private final float[][] changed;

  /**
   * Whether copies serve a model: changes that are added up late are no worse than lost ones where
   * the loss is convex in the layers and steps shrink as sums of squared gradients grow. With dense
   * layers below, several threads' first steps together drive units into saturation; Adam's
   * averages cannot be added up.
   */
  static boolean help(SparseModel model) {
    return model.layers.size() == 1 && model.optimizer == SparseOptimizer.ADAGRAD;
  }

  /** Copies of a model's layers as they stand. */
  LayerCopies(SparseModel model) {
    this.shared = model.layers;
    this.own = shared.stream().map(TrainableLayer::emptyCopy).toList();
    this.agreed = arrays();
    this.changed = arrays();
    takeOver();
  }

  private float[][] arrays() {
    return shared.stream().map(layer -> new float[layer.size()]).toArray(float[][]::new);
  }

  /** The copies, for a thread to train. */
  List<TrainableLayer> own() {
    return own;
  }

  /** Makes the copies what the model's layers are, and forgets what was changed. */
  void takeOver() {
    synchronized (shared) {
      for (int l = 0; l < agreed.length; l++) {
        shared.get(l).copyTo(agreed[l]);
      }
    }
    for (int l = 0; l < agreed.length; l++) {
      own.get(l).copyFrom(agreed[l]);
    }
  }

  /** Adds what this thread changed since the last exchange, and takes over the sum. */
  void exchange() {
    for (int l = 0; l < agreed.length; l++) {
      own.get(l).copyTo(changed[l]);
      subtract(changed[l], agreed[l]);
    }
    synchronized (shared) {
      for (int l = 0; l < agreed.length; l++) {
        shared.get(l).copyTo(agreed[l]);
        add(agreed[l], changed[l]);
        shared.get(l).copyFrom(agreed[l]);
      }
    }
    for (int l = 0; l < agreed.length; l++) {
      own.get(l).copyFrom(agreed[l]);
    }
  }

  private static void subtract(float[] from, float[] what) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= what[i];
    }
  }

  private static void add(float[] to, float[] what) {
    for (int i = 0; i < to.length; i++) {
      to[i] += what[i];
    }
  }
}
