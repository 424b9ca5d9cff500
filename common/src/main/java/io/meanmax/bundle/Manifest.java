package io.meanmax.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.meanmax.network.NetworkSpec;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a model is and what made it: the content of {@code manifest.json}, whose keys are these
 * names in snake case.
 *
 * <p>How the format may change: within one format version keys may be added, and a reader ignores
 * keys that it does not know; everything that an older reader would misread raises the version, and
 * a reader refuses versions that it does not know.
 *
 * @param formatVersion {@value #FORMAT_VERSION} when written by this code
 * @param model the model's name when it was published
 * @param version the version's name when it was published
 * @param createdAt when it was published
 * @param network the shape of the network
 * @param text how text becomes tokens; not to be modified
 * @param training how it was trained
 * @param software what trained it
 * @param metrics the few figures that a list of models shows
 * @param vocabularyHash SHA-256 of {@code vocabulary.txt}, hexadecimal
 * @param labelsHash SHA-256 of {@code labels.txt}, hexadecimal
 * @param files length and checksum of each file that never changes, by name
 */
public record Manifest(
    int formatVersion,
    String model,
    String version,
    Instant createdAt,
    NetworkSpec network,
    JsonNode text,
    Training training,
    Software software,
    Map<String, Double> metrics,
    String vocabularyHash,
    String labelsHash,
    Map<String, FileDigest> files) {

  /** The format version that this code writes. */
  public static final int FORMAT_VERSION = 1;

  public Manifest {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(createdAt, "created_at");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(training, "training");
    Objects.requireNonNull(software, "software");
    Objects.requireNonNull(metrics, "metrics");
    Objects.requireNonNull(vocabularyHash, "vocabulary_hash");
    Objects.requireNonNull(labelsHash, "labels_hash");
    Objects.requireNonNull(files, "files");
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  static Manifest of(
      String model, VersionId id, ModelDescription description, Map<String, FileDigest> files) {
    return new Manifest(
        FORMAT_VERSION,
        model,
        id.version(),
        id.createdAt(),
        description.network(),
        description.text(),
        description.training(),
        description.software(),
        description.metrics(),
        files.get(Bundle.VOCABULARY).sha256(),
        files.get(Bundle.LABELS).sha256(),
        files);
  }
}
