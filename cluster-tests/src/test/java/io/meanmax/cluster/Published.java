package io.meanmax.cluster;

import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.ModelRegistry;
import io.meanmax.bundle.VersionSummary;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The versions of a model, as a reader finds them.
 *
 * @param models folder of the registry, on the local file system
 * @param name of the model
 */
record Published(Path models, String name) {

  private ModelRegistry registry() {
    return new ModelRegistry(
        new Configuration(), new org.apache.hadoop.fs.Path(models.toUri().toString()));
  }

  List<VersionSummary> versions() {
    return registry().versions(name);
  }

  /** The live version, which is checked as it is opened. */
  Bundle current() {
    return registry().open(name, "current");
  }
}
