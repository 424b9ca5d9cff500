package io.meanmax.sparse;

/** How the kernel turns gradients into updates. */
public enum SparseOptimizer {
  /** Row-wise Adagrad: each row has a learning rate of its own, which falls as it is used. */
  ADAGRAD,
  /** Plain stochastic gradient descent. */
  SGD,
  /** Lazy Adam: moments move only with the rows that an example uses. */
  ADAM
}
