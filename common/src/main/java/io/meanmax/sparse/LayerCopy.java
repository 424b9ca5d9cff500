package io.meanmax.sparse;

/**
 * One thread's own copy of a layer. Every example writes most rows of a layer: threads that shared
 * it would wait for each other's cache lines longer than the words take. Each trains its copy
 * instead, and {@link #exchange} merges what it changed into the model's.
 *
 * <p>Merged are weights and bias of each unit by adaptive summation (Maleki et al., Scaling
 * Distributed Training with Adaptive Summation, MLSys 2021): with a what this thread changed since
 * its last exchange, and b what others did, the unit moves by {@code (1 − a·b/2|a|²) a + (1 −
 * a·b/2|b|²) b}. That is their sum where they have nothing in common, and their mean where they go
 * the same way. Threads' first steps do, each as long as the learning rate: added up, they would
 * drive tanh units into saturation. Adagrad's sums add up.
 *
 * <p>One thread's; exchanges of several threads exclude one another.
 */
final class LayerCopy {
  /**
   * Floats of a layer, at most: some 3,200 labels of 80. An exchange goes through the whole layer,
   * while an example of many labels writes few of its rows, which threads rarely meet in.
   */
  static final int MOST_FLOATS = 1 << 18;

  private final VectorMath math = MathSelection.SELECTED;
  private final TrainableLayer shared;
  private final TrainableLayer own;

  /** What both held after the last exchange. */
  private final float[] agreed;

  private final float[] changed;
  private final float[] changedByOthers;

  /** A copy that is to be filled by {@link #takeOver}. */
  LayerCopy(TrainableLayer shared) {
    this.shared = shared;
    this.own = shared.emptyCopy();
    this.agreed = new float[shared.size()];
    this.changed = new float[shared.size()];
    this.changedByOthers = new float[shared.size()];
  }

  /**
   * Whether a copy serves a layer: with Adagrad, whose steps shrink as sums of squared gradients
   * grow, merging changes that were made apart does no harm. Adam's averages cannot be added up.
   */
  static boolean helps(TrainableLayer layer, SparseOptimizer optimizer) {
    return optimizer == SparseOptimizer.ADAGRAD && layer.size() <= MOST_FLOATS;
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

  /** Merges what this thread changed since the last exchange, and takes over the result. */
  void exchange() {
    own.copyTo(changed);
    for (int i = 0; i < changed.length; i++) {
      changed[i] -= agreed[i];
    }
    synchronized (shared) {
      shared.copyTo(changedByOthers);
      for (int i = 0; i < changed.length; i++) {
        float before = agreed[i];
        agreed[i] = changedByOthers[i] + changed[i];
        changedByOthers[i] -= before;
      }
      for (int unit = 0; unit < own.outputs; unit++) {
        countOnceWhatIsCommon(unit);
      }
      shared.copyFrom(agreed);
    }
    own.copyFrom(agreed);
  }

  /** From the sum of both changes of a unit to their adaptive sum. */
  private void countOnceWhatIsCommon(int unit) {
    float product = product(unit, changed, changedByOthers);
    float square = product(unit, changed, changed);
    float squareOfOthers = product(unit, changedByOthers, changedByOthers);
    if (square < Float.MIN_NORMAL || squareOfOthers < Float.MIN_NORMAL) {
      return;
    }
    addToAgreed(unit, -product / (2 * square), changed);
    addToAgreed(unit, -product / (2 * squareOfOthers), changedByOthers);
  }

  private float product(int unit, float[] a, float[] b) {
    int weights = own.placeOfWeights(unit);
    int bias = own.placeOfBias(unit);
    return math.dot(a, weights, b, weights, own.inputs) + a[bias] * b[bias];
  }

  private void addToAgreed(int unit, float factor, float[] change) {
    int weights = own.placeOfWeights(unit);
    int bias = own.placeOfBias(unit);
    math.axpy(factor, change, weights, agreed, weights, own.inputs);
    agreed[bias] += factor * change[bias];
  }
}
