package io.meanmax.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Whether a folder holds a whole, unaltered bundle. Thread-safe. */
final class BundleCheck {

  static final String SUCCESS = "_SUCCESS";
  static final List<String> REQUIRED = List.of(Bundle.NETWORK, Bundle.VOCABULARY, Bundle.LABELS);

  /** Settings and stop words; a large one has some KiB. */
  private static final int MOST_MANIFEST_BYTES = 1 << 26;

  private static final int MOST_SUCCESS_BYTES = 1 << 10;

  private final Storage storage;
  private final Path folder;

  BundleCheck(Storage storage, Path folder) {
    this.storage = storage;
    this.folder = folder;
  }

  /** The content of {@code _SUCCESS} beside this manifest. */
  static byte[] success(byte[] manifest) {
    return (Sha256.of(manifest) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** Everything that can be told without reading the large files. */
  Manifest complete() {
    if (!storage.hasFile(new Path(folder, SUCCESS))) {
      throw BundleException.unusable(folder, SUCCESS + " is missing, so it was never finished");
    }
    Manifest manifest = manifest();
    for (String file : REQUIRED) {
      if (!manifest.files().containsKey(file)) {
        throw BundleException.unusable(folder, Bundle.MANIFEST + " does not list " + file);
      }
    }
    manifest.files().forEach(this::requireUnharmed);
    requireFile(Bundle.METRICS);
    return manifest;
  }

  /**
   * When the version was published, by its manifest, complete or not; without one, when its folder
   * last changed.
   */
  Instant createdAt() {
    Path manifest = new Path(folder, Bundle.MANIFEST);
    try {
      byte[] json = storage.bytes(manifest, MOST_MANIFEST_BYTES);
      JsonNode tree = ManifestJson.object(json, folder, Bundle.MANIFEST);
      return Instant.parse(tree.path("created_at").asText());
    } catch (BundleException | DateTimeParseException e) {
      return storage
          .status(folder)
          .map(status -> Instant.ofEpochMilli(status.getModificationTime()))
          .orElse(Instant.EPOCH);
    }
  }

  /** Reads the vocabulary and the labels to their ends, on top of {@link #complete}. */
  Manifest dictionaries() {
    Manifest manifest = complete();
    requireHash(Bundle.VOCABULARY, manifest, "vocabulary_hash", manifest.vocabularyHash());
    requireHash(Bundle.LABELS, manifest, "labels_hash", manifest.labelsHash());
    verify(Bundle.VOCABULARY, manifest.files());
    verify(Bundle.LABELS, manifest.files());
    return manifest;
  }

  /** Reads {@code file} to its end. */
  void verify(String file, Map<String, FileDigest> files) {
    try (InputStream in = open(file, files)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw BundleException.failed("Cannot read " + new Path(folder, file), e);
    }
  }

  InputStream open(String file, Map<String, FileDigest> files) {
    return new VerifiedInputStream(
        storage.open(new Path(folder, file)), folder, file, files.get(file));
  }

  private Manifest manifest() {
    requireFile(Bundle.MANIFEST);
    byte[] json = storage.bytes(new Path(folder, Bundle.MANIFEST), MOST_MANIFEST_BYTES);
    JsonNode tree = ManifestJson.object(json, folder, Bundle.MANIFEST);
    // First, for all else that is wrong with a newer format follows from it.
    ManifestJson.requireKnownFormat(tree, folder);
    byte[] success = storage.bytes(new Path(folder, SUCCESS), MOST_SUCCESS_BYTES);
    if (!new String(success, StandardCharsets.UTF_8).strip().equals(Sha256.of(json))) {
      throw BundleException.unusable(
          folder, Bundle.MANIFEST + " was altered: " + SUCCESS + " holds another SHA-256 of it");
    }
    return ManifestJson.manifest(tree, folder);
  }

  private void requireHash(String file, Manifest manifest, String key, String hash) {
    if (!manifest.files().get(file).sha256().equals(hash)) {
      throw BundleException.unusable(
          folder, Bundle.MANIFEST + " contradicts itself: " + key + " is not that of " + file);
    }
  }

  private void requireUnharmed(String file, FileDigest expected) {
    if (!Names.valid(file) || expected == null) {
      throw BundleException.unusable(
          folder,
          "%s lists '%s', which is no file of a model, with the checksum %s"
              .formatted(Bundle.MANIFEST, file, expected));
    }
    requireLength(file, expected.bytes());
  }

  private void requireLength(String file, long bytes) {
    long found = requireFile(file).getLen();
    if (found != bytes) {
      throw BundleException.unusable(folder, VerifiedInputStream.wrongLength(file, found, bytes));
    }
  }

  private FileStatus requireFile(String file) {
    return storage
        .status(new Path(folder, file))
        .filter(FileStatus::isFile)
        .orElseThrow(() -> BundleException.unusable(folder, file + " is missing"));
  }
}
