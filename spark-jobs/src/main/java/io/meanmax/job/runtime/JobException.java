package io.meanmax.job.runtime;

/**
 * A job that failed for a reason its user can act on; the message says what, where and what to do.
 */
public final class JobException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JobException(String message) {
    super(message);
  }

  public JobException(String message, Throwable cause) {
    super(message, cause);
  }
}
