package io.meanmax.job.cli;

/**
 * Tells YARN's application master that the command failed, and why. What failed has been told and
 * logged, so this carries its message alone.
 */
public final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailedException(String message) {
    super(message, null, false, false);
  }
}
