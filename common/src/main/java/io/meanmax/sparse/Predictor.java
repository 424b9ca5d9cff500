package io.meanmax.sparse;

import io.meanmax.network.NetworkSpec;

/**
 * Predicts with the kernel's forward pass. The arrays it returns are its own and are overwritten by
 * the next call. Not thread-safe: one a thread; the model may be shared.
 */
public final class Predictor {
  private final NetworkSpec spec;
  private final ForwardPass pass;
  private final float[] vector;
  private final float[] probabilities;

  /**
   * A predictor with a model's weights; {@link SparseModel#forPrediction} makes one of parameters.
   */
  public Predictor(SparseModel model) {
    this(model, MathSelection.SELECTED);
  }

  Predictor(SparseModel model, VectorMath math) {
    this.spec = model.spec;
    this.pass = new ForwardPass(model, model.layers, math);
    this.vector = new float[spec.pooledWidth()];
    this.probabilities = new float[spec.output().units()];
  }

  /**
   * The document vector: the pooled layer.
   *
   * @param ids of the document, at least one of them not PAD, which is skipped
   * @return {@code [pooledWidth]}
   */
  public float[] pooled(int[] ids) {
    pass.pool(ids, 0, ids.length);
    int dimension = spec.dimension();
    System.arraycopy(pass.pooled, 0, vector, 0, dimension);
    if (vector.length > dimension) {
      System.arraycopy(pass.pooled, pass.pooled.length / 2, vector, dimension, dimension);
    }
    return vector;
  }

  /**
   * The probability of each class.
   *
   * @param ids of the document, at least one of them not PAD, which is skipped
   * @return {@code [classes]}, each 0 to 1, together 1
   */
  public float[] probabilities(int[] ids) {
    pass.pool(ids, 0, ids.length);
    System.arraycopy(pass.probabilities(), 0, probabilities, 0, probabilities.length);
    return probabilities;
  }
}
