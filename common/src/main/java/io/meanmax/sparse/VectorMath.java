package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;

/**
 * The inner loops. Lengths are multiples of {@link EmbeddingTable#LANES}; arrays are given with the
 * offset at which they begin. Implementations are stateless and thread-safe, and agree but for
 * rounding.
 */
interface VectorMath {

  /** ε of Adagrad and Adam: keeps the step of a weight without any gradient finite. */
  float EPSILON = 1e-8f;

  /** β₁ of Adam. */
  float BETA1 = 0.9f;

  /** β₂ of Adam. */
  float BETA2 = 0.999f;

  /** Units whose products {@link #gemv} may have at hand together. */
  int UNITS_AT_A_TIME = 16;

  /** Floats that {@link #gemv} needs for itself. */
  int SCRATCH = UNITS_AT_A_TIME * EmbeddingTable.LANES;

  /** What the log calls it. */
  String name();

  /** Σ aᵢbᵢ. */
  float dot(float[] a, int aOffset, float[] b, int bOffset, int length);

  /**
   * y ← y + Wx, the weighted sums of a layer (BLAS gemv).
   *
   * @param w a row of weights for each unit
   * @param units how many they are, at least 1
   * @param x the layer's input, {@code [stride]}
   * @param y {@code [at least units]}; what is beyond the units stays what it is
   * @param scratch {@code [SCRATCH]}, overwritten
   */
  void gemv(EmbeddingTable w, int units, float[] x, float[] y, float[] scratch);

  /** y ← y + αx. */
  void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int length);

  /**
   * What two made of a row, seen from what it was before; all three begin at one offset.
   *
   * @param products {@code [3]}, overwritten by Σ (aᵢ − oldᵢ)(bᵢ − oldᵢ), Σ (aᵢ − oldᵢ)², Σ (bᵢ −
   *     oldᵢ)²
   */
  void compareChanges(float[] a, float[] b, float[] old, int offset, int length, float[] products);

  /** a, b and old ← b + α(a − old) + β(b − old); all three begin at one offset. */
  void mergeChanges(
      float alpha, float[] a, float beta, float[] b, float[] old, int offset, int length);

  /**
   * The backward pass of a layer but for its biases, with the update of its weights: for each
   * position p, 0 to {@code count − 1}, with u = {@code units[p]}: g ← g + δₚwᵤ, then wᵤ ← wᵤ −
   * stepₚδₚx.
   *
   * @param w a row of weights for each unit
   * @param units those that have a gradient, ascending, {@code [at least count]}
   * @param count how many they are
   * @param deltas δ, the derivative of the loss by the unit's input, {@code [at least count]}
   * @param steps its learning rate, {@code [at least count]}
   * @param x the layer's input, {@code [stride]}
   * @param g derivative by the layer's input, {@code [stride]}
   */
  void backward(
      EmbeddingTable w,
      int[] units,
      int count,
      float[] deltas,
      float[] steps,
      float[] x,
      float[] g);

  /**
   * sum ← Σ rows of {@code ids[from..from + count)}.
   *
   * @param count at least 1
   * @param sum {@code [stride]}
   */
  void sum(EmbeddingTable table, int[] ids, int from, int count, float[] sum);

  /**
   * The largest value of each component over the rows of {@code ids[from..from + count)}, and the
   * position of the first row that has it, seen from {@code from}.
   *
   * @param count at least 1
   * @param max {@code [stride]}
   * @param winners {@code [stride]}
   */
  void max(EmbeddingTable table, int[] ids, int from, int count, float[] max, int[] winners);

  /**
   * Row {@code ids[from + p]} ← row − stepₚ · g for each position p, 0 to {@code count − 1}.
   *
   * @param steps {@code [count]}
   * @param g {@code [stride]}
   */
  void scatter(EmbeddingTable table, int[] ids, int from, int count, float[] steps, float[] g);

  /**
   * Adagrad with a sum for each component, one gradient for each row of {@code ids[from..from +
   * count)}, one after the other: s ← s + g², w ← w − rate·g/√(s + ε).
   *
   * @param g gradient, {@code [stride]}
   * @param table rows of weights w
   * @param sums rows of sums of squared gradients s, laid out as the table is
   */
  void adagrad(
      float rate,
      float[] g,
      EmbeddingTable table,
      EmbeddingTable sums,
      int[] ids,
      int from,
      int count);

  /**
   * Adam: m ← β₁m + (1 − β₁)αg, v ← β₂v + (1 − β₂)(αg)², w ← w − rate·m/(√v·c + ε). The bias
   * corrections are the caller's: rate holds 1/(1 − β₁ᵗ), and c is 1/√(1 − β₂ᵗ).
   *
   * @param alpha α
   * @param g gradient but for α, {@code [length]}
   * @param w weights, first and second moments, each from its offset
   */
  void adam(
      float rate,
      float c,
      float alpha,
      float[] g,
      float[] w,
      int wOffset,
      float[] m,
      int mOffset,
      float[] v,
      int vOffset,
      int length);

  /**
   * Turns logits into probabilities: exp(xᵢ − max x) / Σ exp(xⱼ − max x).
   *
   * @param x {@code [at least count, padded to whole vectors]}; what is beyond {@code count}
   *     becomes 0
   * @param count classes
   */
  void softmax(float[] x, int count);
}
