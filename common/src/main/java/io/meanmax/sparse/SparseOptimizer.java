package io.meanmax.sparse;

/** How the kernel turns gradients g into updates of a weight w, with η the learning rate. */
public enum SparseOptimizer {
  /**
   * Adagrad (Duchi, Hazan, Singer 2011): G ← G + g², w ← w − ηg/√G. Where only the mean moves a
   * row, one G serves the row, with the mean square of its gradient, as in Facebook's DLRM, and
   * begins with 0.3; where the maximum does too, each component has its own, from 0, because the
   * maximum moves few of them, and far; the maximum's gradient then takes its step before the
   * mean's.
   */
  ADAGRAD(1),
  /** Plain stochastic gradient descent: w ← w − ηg. */
  SGD(0),
  /**
   * Adam (Kingma, Ba 2015) with β₁ = 0.9, β₂ = 0.999, lazily: the moments of a row move, and its
   * steps are counted, only when an example uses it.
   */
  ADAM(2);

  private final int moments;

  SparseOptimizer(int moments) {
    this.moments = moments;
  }

  /** How many numbers it keeps of a weight that has a learning rate of its own. */
  int moments() {
    return moments;
  }
}
