package io.meanmax.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** The file {@code current} of a model, which names its live version. Thread-safe. */
final class CurrentPointer {

  private static final int MOST_BYTES = 1 << 10;

  private final Storage storage;
  private final Path file;

  CurrentPointer(Storage storage, Path model) {
    this.storage = storage;
    this.file = new Path(model, ModelRegistry.CURRENT);
  }

  /** The live version's name, which need not exist; empty if none was ever set. */
  Optional<String> read() {
    return storage.hasFile(file) ? Optional.of(version()) : Optional.empty();
  }

  void set(String version) {
    storage.replace(file, (version + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private String version() {
    String version = new String(content(), StandardCharsets.UTF_8).strip();
    if (!Names.valid(version)) {
      throw new BundleException(
          file + " names no version, it holds '" + version + "'; set the current version again");
    }
    return version;
  }

  /** On HDFS a file replaced while it is opened may lose its blocks; the new one is then there. */
  private byte[] content() {
    try {
      return storage.bytes(file, MOST_BYTES);
    } catch (BundleException e) {
      return storage.bytes(file, MOST_BYTES);
    }
  }
}
