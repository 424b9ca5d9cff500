package io.meanmax.bundle;

import org.apache.hadoop.fs.Path;

/** A bundle that cannot be read, written or found; its message is meant for the user. */
public final class BundleException extends RuntimeException {

  public BundleException(String message) {
    super(message);
  }

  public BundleException(String message, Throwable cause) {
    super(message, cause);
  }

  static BundleException unusable(Path folder, String what) {
    return new BundleException(unusableMessage(folder, what));
  }

  static BundleException unusable(Path folder, String what, Throwable cause) {
    return new BundleException(unusableMessage(folder, what), cause);
  }

  /** A sentence about a failed operation, ending with the first line of what the cause says. */
  static BundleException failed(String what, Throwable cause) {
    String said = cause.getMessage();
    String reason =
        said == null || said.isBlank()
            ? cause.getClass().getSimpleName()
            : cause.getClass().getSimpleName() + ": " + said.lines().findFirst().orElse("");
    return new BundleException(what + " (" + reason + ")", cause);
  }

  private static String unusableMessage(Path folder, String what) {
    return "Cannot use the model at "
        + folder
        + ": "
        + what
        + "; restore it from a copy, choose another version, or publish the model again";
  }
}
