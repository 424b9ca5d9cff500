package io.meanmax.job.train;

import java.util.Optional;

/** Training that came to NaN or infinity; the message names epoch and step. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DivergedException(String message) {
    super(message);
  }

  /**
   * The divergence that made a training round fail, if that is what did.
   *
   * @param epoch from 0
   * @param round of the epoch, from 0
   */
  public static Optional<DivergedException> of(Throwable failure, int epoch, int round) {
    return find(failure)
        .map(
            said ->
                new DivergedException(
                    ("Training diverged in epoch %d, round %d: %s."
                            + " Lower train.learning-rate, or look for extreme weights")
                        .formatted(epoch + 1, round + 1, said)));
  }

  /** What a worker's exception said, which Spark carries over as text in a longer message. */
  private static Optional<String> find(Throwable failure) {
    String sign = DivergedException.class.getName() + ": ";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      int at = message.indexOf(sign);
      if (cause instanceof DivergedException) {
        return Optional.of(message);
      }
      if (at >= 0) {
        return message.substring(at + sign.length()).lines().findFirst();
      }
    }
    return Optional.empty();
  }
}
