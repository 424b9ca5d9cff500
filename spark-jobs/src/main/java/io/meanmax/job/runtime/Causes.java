package io.meanmax.job.runtime;

/** What a failure comes down to, for messages. */
public final class Causes {
  private Causes() {}

  /** The innermost cause; Spark's own messages begin with which task of which stage failed. */
  public static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /**
   * The first line of a failure's message, or its name if it has none; Spark's messages go on with
   * advice for SQL shells, plans and stack traces.
   */
  public static String message(Throwable failure) {
    String message = failure.getMessage();
    return (message == null ? "" : message)
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse(failure.getClass().getSimpleName());
  }
}
