package io.meanmax.sparse;

/**
 * One thread's own copy of a layer. Every example writes most rows of a layer: threads that shared
 * it would wait for each other's cache lines longer than the words take. Each trains its copy
 * instead, and {@link #exchange} merges what it changed into the model's.
 *
 * <p>With a what this thread changed of a unit's weights and bias since its last exchange, and b
 * what others did, a unit of the output layer moves by {@code a + b}, a unit of a dense layer by
 * adaptive summation (Maleki et al., Scaling Distributed Training with Adaptive Summation, MLSys
 * 2021): {@code (1 − a·b/2|a|²) a + (1 − a·b/2|b|²) b}. That is their sum where they have nothing
 * in common, and their mean where they go the same way. Threads' first steps do, each as long as
 * the learning rate: added up, they would drive tanh units into saturation. Adagrad's sums add up
 * in all layers.
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
  private final boolean adaptive;
  private final TrainableLayer own;

  /** What both held after the last exchange. */
  private final TrainableLayer agreed;

  /** a·b, |a|² and |b|² of a unit. */
  private final float[] products = new float[3];

  private LayerCopy(TrainableLayer shared, boolean adaptive) {
    this.shared = shared;
    this.adaptive = adaptive;
    this.own = shared.emptyCopy(true);
    this.agreed = shared.emptyCopy(false);
  }

  /** A copy of an output layer, that is to be filled by {@link #takeOver}. */
  static LayerCopy ofOutput(TrainableLayer shared) {
    return new LayerCopy(shared, false);
  }

  /** A copy of a dense layer, that is to be filled by {@link #takeOver}. */
  static LayerCopy ofDense(TrainableLayer shared) {
    return new LayerCopy(shared, true);
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
    float[] numbers = new float[shared.size()];
    synchronized (shared) {
      shared.copyTo(numbers);
    }
    own.copyFrom(numbers);
    agreed.copyFrom(numbers);
  }

  /** Merges what this thread changed since the last exchange, and takes over the result. */
  void exchange() {
    synchronized (shared) {
      for (int unit = 0; unit < own.outputs; unit++) {
        exchange(unit);
      }
    }
  }

  private void exchange(int unit) {
    float[] ownPage = own.weights.page(unit);
    float[] sharedPage = shared.weights.page(unit);
    float[] agreedPage = agreed.weights.page(unit);
    int at = own.weights.offset(unit);
    float bias = own.bias[unit] - agreed.bias[unit];
    float biasOfOthers = shared.bias[unit] - agreed.bias[unit];
    float alpha = 1;
    float beta = 0;
    if (adaptive) {
      math.compareChanges(ownPage, sharedPage, agreedPage, at, own.inputs, products);
      float product = products[0] + bias * biasOfOthers;
      float square = products[1] + bias * bias;
      float squareOfOthers = products[2] + biasOfOthers * biasOfOthers;
      if (square >= Float.MIN_NORMAL && squareOfOthers >= Float.MIN_NORMAL) {
        alpha = 1 - product / (2 * square);
        beta = -product / (2 * squareOfOthers);
      }
    }
    math.mergeChanges(alpha, ownPage, beta, sharedPage, agreedPage, at, own.inputs);
    shared.bias[unit] += alpha * bias + beta * biasOfOthers;
    shared.unitState[unit] += own.unitState[unit] - agreed.unitState[unit];
    own.bias[unit] = shared.bias[unit];
    agreed.bias[unit] = shared.bias[unit];
    own.unitState[unit] = shared.unitState[unit];
    agreed.unitState[unit] = shared.unitState[unit];
  }
}
