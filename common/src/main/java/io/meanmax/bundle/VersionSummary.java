package io.meanmax.bundle;

import java.util.Optional;

/**
 * One line of a model's versions.
 *
 * @param model the model's name
 * @param version the version's name
 * @param current whether it is the live one
 * @param manifest what it is, with creation time and headline metrics; empty if it cannot be used
 * @param problem why it cannot be used; empty if it can
 */
public record VersionSummary(
    String model,
    String version,
    boolean current,
    Optional<Manifest> manifest,
    Optional<String> problem) {

  /** Whether it can be used; altered files are noticed only when it is opened. */
  public boolean complete() {
    return problem.isEmpty();
  }
}
