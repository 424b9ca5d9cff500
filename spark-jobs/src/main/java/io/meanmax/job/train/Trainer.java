package io.meanmax.job.train;

import io.meanmax.network.NetworkParameters;

/** Fits a network epoch by epoch. Not thread-safe. */
public interface Trainer extends AutoCloseable {

  /**
   * One pass over the training examples.
   *
   * @param epoch its number, from 0
   * @return the weighted mean loss over the pass, as the examples were met
   * @throws DivergedException if a loss is NaN or infinite
   */
  double epoch(int epoch);

  /** A copy of the parameters as they stand now. */
  NetworkParameters parameters();

  @Override
  void close();
}
