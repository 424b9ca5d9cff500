package io.meanmax.sparse;

/** A loss that is NaN or infinite; the message names the examples among which it arose. */
public final class NonFiniteLossException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NonFiniteLossException(float loss, int from, int to) {
    super("loss is %s within examples %d to %d".formatted(loss, from, to - 1));
  }
}
