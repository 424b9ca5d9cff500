package io.meanmax.job.train;

import io.meanmax.network.NetworkParameters;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Fits a network epoch by epoch. Not thread-safe. */
public interface Trainer extends AutoCloseable {

  /**
   * One pass over the training examples.
   *
   * @param epoch its number, from 0
   * @throws DivergedException if a loss is NaN or infinite
   */
  Pass epoch(int epoch);

  /** A copy of the parameters as they stand now. */
  NetworkParameters parameters();

  /** Writes all that the next epoch depends on: parameters and optimiser state. */
  void save(DataOutput out) throws IOException;

  /**
   * Takes over what {@link #save} wrote, before any epoch of its own.
   *
   * @param epochs that had been made
   */
  void restore(DataInput in, int epochs) throws IOException;

  @Override
  void close();
}
