package io.meanmax.job.train;

import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.BundleWriter;
import io.meanmax.bundle.CurrentUpdate;
import io.meanmax.bundle.ModelDescription;
import io.meanmax.bundle.ModelRegistry;
import io.meanmax.bundle.VersionSummary;
import io.meanmax.config.ModelConfig;
import io.meanmax.job.runtime.JobException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The versions of a model as training sees them: what is there, and what may be published. */
final class ModelVersions {
  private final Configuration hadoop;
  private final ModelConfig model;
  private final ModelRegistry registry;

  ModelVersions(Configuration hadoop, ModelConfig model) {
    this.hadoop = hadoop;
    this.model = model;
    this.registry = new ModelRegistry(hadoop, new Path(model.path()));
  }

  /**
   * The version of the name asked for, without one the live version, if it was made of just this.
   * It becomes the live one if publishing it would.
   */
  Optional<Bundle> madeOf(String fingerprint) {
    Optional<VersionSummary> same =
        wanted().filter(version -> fingerprint.equals(fingerprint(version)));
    same.filter(version -> model.setCurrent() && !version.current())
        .ifPresent(version -> registry.setCurrent(version.model(), version.version()));
    return same.map(version -> registry.open(version.model(), version.version()));
  }

  private Optional<VersionSummary> wanted() {
    if (!registry.exists(model.requiredName())) {
      return Optional.empty();
    }
    return registry.versions(model.requiredName()).stream()
        .filter(
            version ->
                model.namedVersion().map(version.version()::equals).orElseGet(version::current))
        .findFirst();
  }

  private static String fingerprint(VersionSummary version) {
    return version
        .manifest()
        .map(made -> made.training().configuration().path("fingerprint").asText())
        .orElse("");
  }

  /**
   * Begins a version.
   *
   * @throws JobException if there is one of the name asked for that may not be replaced
   */
  BundleWriter open() {
    replaced().ifPresent(this::requireReplaceable);
    Path models = new Path(model.path());
    return model
        .namedVersion()
        .map(version -> BundleWriter.open(hadoop, models, model.requiredName(), version))
        .orElseGet(() -> BundleWriter.open(hadoop, models, model.requiredName()));
  }

  private Optional<VersionSummary> replaced() {
    return model.namedVersion().flatMap(name -> wanted());
  }

  private void requireReplaceable(VersionSummary version) {
    if (version.current()) {
      throw new JobException(
          ("Version %s of %s is the live one and was made of other data or settings. Give another"
                  + " --model-version, or make another version live first (models set-current)")
              .formatted(version.version(), version.model()));
    }
    if (!model.overwrite()) {
      throw new JobException(
          ("Version %s of %s exists and was made of other data or settings. Give another"
                  + " --model-version, or --overwrite to replace it")
              .formatted(version.version(), version.model()));
    }
  }

  /** Publishes a version, in place of one that may be replaced. */
  Bundle publish(BundleWriter bundle, ModelDescription description) {
    replaced()
        .ifPresent(
            old -> {
              requireReplaceable(old);
              registry.delete(old.model(), old.version());
            });
    return bundle.publish(
        description, model.setCurrent() ? CurrentUpdate.SET_CURRENT : CurrentUpdate.KEEP_CURRENT);
  }
}
