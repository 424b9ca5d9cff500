package io.meanmax.sparse;

/**
 * One thread's own copy of a model's output layer. An example writes most rows of a layer of some
 * hundred labels: threads that shared it would wait for each other's cache lines longer than the
 * words take. Each trains its copy instead, and {@link #exchange} adds what it changed to the
 * model's and takes over what others added. Not for dense layers: several threads' first steps,
 * each as long as the rate, would add up and drive their units into saturation. One thread's;
 * exchanges of several threads exclude one another.
 */
final class LayerCopy {
  /**
   * Floats of a layer, at most: some 3,200 labels of 80. An exchange goes through the whole layer,
   * while an example of many labels writes few of its rows, which threads rarely meet in.
   */
  static final int MOST_FLOATS = 1 << 18;

  private final TrainableLayer shared;
  private final TrainableLayer own;

  /** What both held after the last exchange. */
  private final float[] agreed;

  private final float[] changed;

  /** A copy that is to be filled by {@link #takeOver}. */
  LayerCopy(TrainableLayer shared) {
    this.shared = shared;
    this.own = shared.emptyCopy();
    this.agreed = new float[shared.size()];
    this.changed = new float[shared.size()];
  }

  /**
   * Whether copies serve a model: with Adagrad, whose steps shrink as sums of squared gradients
   * grow, the sum of changes that were made apart does no harm. Adam's averages cannot be added up.
   */
  static boolean helps(SparseModel model) {
    TrainableLayer output = model.layers.get(model.layers.size() - 1);
    return model.optimizer == SparseOptimizer.ADAGRAD && output.size() <= MOST_FLOATS;
  }

  /** The copy, for a thread to train. */
  TrainableLayer own() {
    return own;
  }

  /** Makes the copy what the model's layer is, and forgets what was changed. */
  void takeOver() {
    synchronized (shared) {
      shared.copyTo(agreed);
    }
    own.copyFrom(agreed);
  }

  /** Adds what this thread changed since the last exchange, and takes over the sum. */
  void exchange() {
    own.copyTo(changed);
    for (int i = 0; i < changed.length; i++) {
      changed[i] -= agreed[i];
    }
    synchronized (shared) {
      shared.copyTo(agreed);
      for (int i = 0; i < changed.length; i++) {
        agreed[i] += changed[i];
      }
      shared.copyFrom(agreed);
    }
    own.copyFrom(agreed);
  }
}
