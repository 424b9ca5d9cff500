package io.meanmax.job.runtime;

import io.meanmax.job.run.RunResult;

/** Breaks the rule that what jobs share knows none of them. */
public final class ImportsRun {
  private ImportsRun() {}

  static String model(RunResult result) {
    return result.modelPath();
  }
}
