package io.meanmax.job.cli;

import io.meanmax.job.runtime.BuildVersions;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"meanmax " + BuildVersions.meanmax()};
  }
}
