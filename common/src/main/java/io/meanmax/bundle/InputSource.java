package io.meanmax.bundle;

import java.util.Objects;

/**
 * One input that a model was trained on.
 *
 * @param path where it was read: a path, a table or a query
 * @param fingerprint changes when its content does
 * @param rows how many rows were read, at least 0
 */
public record InputSource(String path, String fingerprint, long rows) {

  public InputSource {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(fingerprint, "fingerprint");
    if (rows < 0) {
      throw new IllegalArgumentException("Rows of " + path + " must be at least 0: " + rows);
    }
  }
}
