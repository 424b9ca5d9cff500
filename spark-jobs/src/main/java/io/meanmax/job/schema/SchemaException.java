package io.meanmax.job.schema;

/** A table that lacks the columns of its contract; the message sets expected beside found. */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SchemaException(String message) {
    super(message);
  }
}
