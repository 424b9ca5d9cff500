package io.meanmax.text;

/** Takes the tokens of a text one after the other. */
@FunctionalInterface
public interface TokenSink {
  /** A token: {@code utf8[from .. from + length)}, which may change once the call has returned. */
  void token(byte[] utf8, int from, int length);
}
