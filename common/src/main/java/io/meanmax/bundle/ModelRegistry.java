package io.meanmax.bundle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The models in a folder and their versions. Thread-safe, and so is using it beside readers and
 * publishers; setting the current version and deleting are for one administrator at a time: a
 * version that is made current in the very moment of its deletion can be lost.
 */
public final class ModelRegistry {

  /** In place of a version: whichever is live. */
  public static final String CURRENT = "current";

  private final Storage storage;
  private final Path models;

  /**
   * @param models the folder that holds a folder for each model
   * @throws BundleException if its file system cannot be reached
   */
  public ModelRegistry(Configuration configuration, Path models) {
    this.storage = Storage.of(configuration, models);
    this.models = storage.qualified(models);
  }

  /** The names of all models with at least one version, sorted. */
  public List<String> names() {
    if (!storage.hasFolder(models)) {
      throw new BundleException("There is no folder of models at " + models + "; check the path");
    }
    return storage.folders(models).stream()
        .filter(name -> !storage.folders(new Path(models, name)).isEmpty())
        .toList();
  }

  /** Whether there is a folder of this model. */
  public boolean exists(String name) {
    return storage.hasFolder(new Path(models, Names.model(name)));
  }

  /**
   * The versions of a model, newest first; also those that cannot be used, with the reason.
   *
   * @throws BundleException if there is no such model
   */
  public List<VersionSummary> versions(String name) {
    Path model = model(name);
    Optional<String> current = new CurrentPointer(storage, model).read();
    return storage.folders(model).stream()
        .sorted(
            Comparator.comparing((String version) -> createdAt(model, version))
                .thenComparing(Comparator.naturalOrder())
                .reversed())
        .map(version -> summary(model, version, current))
        .toList();
  }

  /** Names may be the publishers' own, so they do not tell which version is newer. */
  private Instant createdAt(Path model, String version) {
    return new BundleCheck(storage, new Path(model, version)).createdAt();
  }

  /** The live version's name, if there is a live one of this model. */
  public Optional<String> current(String name) {
    return exists(name) ? new CurrentPointer(storage, model(name)).read() : Optional.empty();
  }

  /**
   * The version that {@code version} means: itself, or the live one for {@link #CURRENT}.
   *
   * @throws BundleException if there is no such model, or it has no live version
   */
  public String resolve(String name, String version) {
    Path model = model(name);
    if (!version.equals(CURRENT)) {
      return Names.version(version);
    }
    return new CurrentPointer(storage, model)
        .read()
        .orElseThrow(
            () ->
                new BundleException(
                    "Model '"
                        + name
                        + "' in "
                        + models
                        + " has no current version; set it to one of "
                        + storage.folders(model)));
  }

  /**
   * Opens a version, or the live one for {@link #CURRENT}.
   *
   * @throws BundleException if there is no such version, or it cannot be used
   */
  public Bundle open(String name, String version) {
    return Bundle.openVersion(storage, model(name), resolve(name, version));
  }

  /**
   * Makes a version the live one, after every file of it was read and found unaltered.
   *
   * @throws BundleException if there is no such version, or it cannot be used; the live version
   *     then stays
   */
  public void setCurrent(String name, String version) {
    Bundle.openVersion(storage, model(name), Names.version(version)).verify();
    new CurrentPointer(storage, model(name)).set(version);
  }

  /**
   * Deletes a version.
   *
   * @throws BundleException if there is no such version, or it is the live one
   */
  public void delete(String name, String version) {
    Path folder = new Path(model(name), Names.version(version));
    if (!storage.hasFolder(folder)) {
      throw new BundleException(
          "Model '" + name + "' in " + models + " has no version '" + version + "' to delete");
    }
    requireNotCurrent(name, version);
    // Renamed first, so that nobody finds a version of which half is gone.
    Path hidden = Storage.temporary(model(name), "deleted");
    storage.renameFolder(folder, hidden);
    storage.delete(hidden);
  }

  /**
   * Deletes all versions but the live one and the newest that are complete. Incomplete versions are
   * deleted when they are older than those, for a newer one may still be on its way.
   *
   * @param keepNewest how many complete versions to keep, at least 1
   * @return the deleted versions, newest first
   * @throws BundleException if fewer are to be kept, or the live version does not exist
   */
  public List<String> deleteOld(String name, int keepNewest) {
    if (keepNewest < 1) {
      throw new BundleException(
          "Cannot keep the newest " + keepNewest + " versions of '" + name + "': keep at least 1");
    }
    requireCurrentExists(name);
    int kept = 0;
    List<String> deleted = new ArrayList<>();
    for (VersionSummary version : versions(name)) {
      if (kept >= keepNewest && !version.current()) {
        delete(name, version.version());
        deleted.add(version.version());
      } else if (version.complete()) {
        kept++;
      }
    }
    return deleted;
  }

  private Path model(String name) {
    Path model = new Path(models, Names.model(name));
    if (!storage.hasFolder(model)) {
      throw new BundleException(
          "There is no model '" + name + "' in " + models + "; it has " + names());
    }
    return model;
  }

  private VersionSummary summary(Path model, String version, Optional<String> current) {
    Optional<Manifest> manifest = Optional.empty();
    Optional<String> problem = Optional.empty();
    try {
      manifest = Optional.of(new BundleCheck(storage, new Path(model, version)).complete());
    } catch (BundleException e) {
      problem = Optional.of(e.getMessage());
    }
    boolean live = current.filter(version::equals).isPresent();
    return new VersionSummary(model.getName(), version, live, manifest, problem);
  }

  private void requireNotCurrent(String name, String version) {
    if (new CurrentPointer(storage, model(name)).read().filter(version::equals).isPresent()) {
      throw new BundleException(
          "Cannot delete version '"
              + version
              + "' of '"
              + name
              + "' in "
              + models
              + ": it is the current one; set another first");
    }
  }

  private void requireCurrentExists(String name) {
    Optional<String> current = new CurrentPointer(storage, model(name)).read();
    if (current.isPresent() && !storage.hasFolder(new Path(model(name), current.get()))) {
      throw new BundleException(
          "Cannot delete versions of '"
              + name
              + "' in "
              + models
              + ": its current version '"
              + current.get()
              + "' does not exist; set the current version first");
    }
  }
}
