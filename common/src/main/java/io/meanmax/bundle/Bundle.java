package io.meanmax.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One published version of a model, open for reading. What opens is complete: all files are there
 * in their full length, manifest, vocabulary and labels are unaltered; the others are checked as
 * they are read. Thread-safe; it holds no resources.
 */
public final class Bundle {

  /** What the model is and what made it. */
  public static final String MANIFEST = "manifest.json";

  /** The network, as Deeplearning4j's ModelSerializer writes it. */
  public static final String NETWORK = "network.zip";

  /** A line for each token: id, token, count, document count; see {@link TabSeparated}. */
  public static final String VOCABULARY = "vocabulary.txt";

  /** A line for each label: id, label, count, weight; see {@link TabSeparated}. */
  public static final String LABELS = "labels.txt";

  /** Metrics by split; the only file that may be replaced after publishing. */
  public static final String METRICS = "metrics.json";

  /** A confusion matrix of thousands of labels is some tens of MiB. */
  private static final int MOST_METRICS_BYTES = 1 << 28;

  private final Storage storage;
  private final Path path;
  private final Manifest manifest;

  private Bundle(Storage storage, Path path, Manifest manifest) {
    this.storage = storage;
    this.path = path;
    this.manifest = manifest;
  }

  /**
   * Opens a version of a model.
   *
   * @param models the folder of the registry
   * @param name the model's name
   * @param version a version, or {@link ModelRegistry#CURRENT} for the live one
   * @throws BundleException if there is no such version, or it is incomplete, altered or of an
   *     unknown format
   */
  public static Bundle open(Configuration configuration, Path models, String name, String version) {
    return new ModelRegistry(configuration, models).open(name, version);
  }

  /**
   * Opens {@code <models>/<name>}, meaning its live version, or {@code <models>/<name>/<version>}.
   *
   * @throws BundleException if there is neither, or it is incomplete, altered or of an unknown
   *     format
   */
  public static Bundle open(Configuration configuration, Path path) {
    Storage storage = Storage.of(configuration, path);
    Path folder = storage.qualified(path);
    if (!storage.hasFolder(folder)) {
      throw new BundleException(
          "There is no model at " + folder + "; give <models>/<name> or <models>/<name>/<version>");
    }
    if (storage.hasFile(new Path(folder, MANIFEST))
        || storage.hasFile(new Path(folder, BundleCheck.SUCCESS))) {
      return open(storage, folder);
    }
    String version =
        new CurrentPointer(storage, folder)
            .read()
            .orElseThrow(
                () ->
                    new BundleException(
                        "Neither "
                            + MANIFEST
                            + " nor a current version is in "
                            + folder
                            + "; set the current version, or give <models>/<name>/<version>"));
    return openVersion(storage, folder, version);
  }

  static Bundle openVersion(Storage storage, Path model, String version) {
    Path folder = new Path(model, version);
    if (!storage.hasFolder(folder)) {
      throw new BundleException(
          "Model '"
              + model.getName()
              + "' has no version '"
              + version
              + "' in "
              + model.getParent()
              + "; it has "
              + storage.folders(model));
    }
    return open(storage, folder);
  }

  private static Bundle open(Storage storage, Path folder) {
    return new Bundle(storage, folder, new BundleCheck(storage, folder).dictionaries());
  }

  /** What the model is and what made it. */
  public Manifest manifest() {
    return manifest;
  }

  /** The folder of this version, with scheme and authority. */
  public Path path() {
    return path;
  }

  /**
   * A file of this bundle, by its name. The stream fails with a {@link BundleException} at its end
   * if the file was altered, and closing it reads to the end: what was read may be used only after
   * the stream has been closed without an exception.
   *
   * @throws BundleException if the manifest does not list the file, or it cannot be opened
   */
  public InputStream read(String file) {
    if (!manifest.files().containsKey(file)) {
      throw new BundleException(
          "The model at "
              + path
              + " has no file '"
              + file
              + "'; it has "
              + manifest.files().keySet());
    }
    return new BundleCheck(storage, path).open(file, manifest.files());
  }

  /** The metrics by split, as last replaced. */
  public JsonNode metrics() {
    return ManifestJson.object(
        storage.bytes(new Path(path, METRICS), MOST_METRICS_BYTES), path, METRICS);
  }

  /** Replaces the metrics; a reader sees the old or the new ones. The last of several wins. */
  public void replaceMetrics(ObjectNode metrics) {
    storage.replace(new Path(path, METRICS), ManifestJson.bytes(metrics));
  }

  /**
   * Reads every file to its end and holds it to the manifest.
   *
   * @throws BundleException if one was altered since publishing
   */
  public void verify() {
    BundleCheck check = new BundleCheck(storage, path);
    manifest.files().keySet().forEach(file -> check.verify(file, manifest.files()));
  }
}
