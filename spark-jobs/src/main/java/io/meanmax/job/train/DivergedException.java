package io.meanmax.job.train;

/** Training that came to NaN or infinity; the message names epoch and step. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DivergedException(String message) {
    super(message);
  }
}
