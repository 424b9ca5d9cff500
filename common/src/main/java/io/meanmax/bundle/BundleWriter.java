package io.meanmax.bundle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes one new version of a model, which nobody sees before {@link #publish}. Closing without
 * publishing leaves nothing behind.
 *
 * <p>Not thread-safe; any number of writers, in any processes, may publish under one name at once.
 */
public final class BundleWriter implements AutoCloseable {

  /** A taken version means two runs of one second with one suffix of 65536; five times is a bug. */
  private static final int MAX_ATTEMPTS = 5;

  private final Storage storage;
  private final Path model;
  private final Path folder;
  private final Supplier<VersionId> ids;
  private final Map<String, FileDigest> files = new TreeMap<>();
  private final Set<String> openFiles = new TreeSet<>();
  private ObjectNode metrics = JsonNodeFactory.instance.objectNode();
  private boolean published;

  private BundleWriter(Storage storage, Path model, Supplier<VersionId> ids) {
    this.storage = storage;
    this.model = model;
    this.folder = Storage.temporary(model, "version");
    this.ids = ids;
  }

  /**
   * Begins a version of a model, which need not exist yet.
   *
   * @param models the folder of the registry; created if it is missing
   * @param name the model's name: letters, digits, {@code . _ -}, at most 128
   * @throws BundleException if the name is none, or the folder cannot be written
   */
  public static BundleWriter open(Configuration configuration, Path models, String name) {
    return open(configuration, models, name, VersionId::next);
  }

  /**
   * Begins a version with a name of the caller's. Publishing fails if there is one of that name.
   *
   * @param version letters, digits, {@code . _ -}, at most 128
   * @throws BundleException if a name is none, or the folder cannot be written
   */
  public static BundleWriter open(
      Configuration configuration, Path models, String name, String version) {
    Names.version(version);
    return open(configuration, models, name, () -> VersionId.named(version));
  }

  static BundleWriter open(
      Configuration configuration, Path models, String name, Supplier<VersionId> ids) {
    Storage storage = Storage.of(configuration, models);
    Path model = new Path(storage.qualified(models), Names.model(name));
    BundleWriter writer = new BundleWriter(storage, model, ids);
    storage.createFolder(writer.folder);
    return writer;
  }

  /**
   * A stream for a file of the bundle: {@link Bundle#NETWORK}, {@link Bundle#VOCABULARY} and {@link
   * Bundle#LABELS} are required, others may be added. It must be closed before publishing.
   *
   * @throws IllegalStateException if this file was written already
   */
  public OutputStream file(String name) {
    requireUnpublished();
    Names.file(name);
    if (name.equals(Bundle.MANIFEST) || name.equals(Bundle.METRICS)) {
      throw new IllegalArgumentException(name + " has a method of its own");
    }
    if (files.containsKey(name) || !openFiles.add(name)) {
      throw new IllegalStateException(name + " has been written to " + folder + " already");
    }
    return new DigestedOutputStream(
        storage.create(new Path(folder, name)),
        digest -> {
          openFiles.remove(name);
          files.put(name, digest);
        });
  }

  /** Sets the metrics by split; without it there are none until they are replaced. */
  public void metrics(ObjectNode metrics) {
    requireUnpublished();
    this.metrics = metrics.deepCopy();
  }

  /**
   * Makes the version visible, all at once, and then the live one if asked to.
   *
   * @return the version, opened
   * @throws IllegalStateException if a required file was not written, or one is still open
   * @throws BundleException if the file system refuses; if it refuses only to set the live version,
   *     the new version stays
   */
  public Bundle publish(ModelDescription description, CurrentUpdate update) {
    requireUnpublished();
    requireFiles();
    storage.write(new Path(folder, Bundle.METRICS), ManifestJson.bytes(metrics));
    String version = rename(description);
    published = true;
    Bundle bundle = Bundle.openVersion(storage, model, version);
    if (update == CurrentUpdate.SET_CURRENT) {
      setCurrent(version);
    }
    return bundle;
  }

  /** Deletes what was written, unless it was published. */
  @Override
  public void close() {
    if (!published) {
      storage.delete(folder);
    }
  }

  private String rename(ModelDescription description) {
    String taken = "";
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      VersionId id = ids.get();
      finish(Manifest.of(model.getName(), id, description, files));
      Path version = new Path(model, id.version());
      if (storage.renameFolder(folder, version) == Storage.RenameResult.RENAMED) {
        return id.version();
      }
      taken = id.version();
    }
    throw new BundleException(
        "Cannot publish to %s: there is a version '%s' already".formatted(model, taken));
  }

  private void finish(Manifest manifest) {
    byte[] json = ManifestJson.bytes(manifest);
    storage.write(new Path(folder, Bundle.MANIFEST), json);
    storage.write(new Path(folder, BundleCheck.SUCCESS), BundleCheck.success(json));
  }

  private void setCurrent(String version) {
    try {
      new CurrentPointer(storage, model).set(version);
    } catch (BundleException e) {
      throw new BundleException(
          "Version '" + version + "' is published, but not current: " + e.getMessage(), e);
    }
  }

  private void requireFiles() {
    if (!openFiles.isEmpty()) {
      throw new IllegalStateException("Close before publishing to " + model + ": " + openFiles);
    }
    for (String file : BundleCheck.REQUIRED) {
      if (!files.containsKey(file)) {
        throw new IllegalStateException("Write before publishing to " + model + ": " + file);
      }
    }
  }

  private void requireUnpublished() {
    if (published) {
      throw new IllegalStateException("This version of " + model + " is published already");
    }
  }
}
