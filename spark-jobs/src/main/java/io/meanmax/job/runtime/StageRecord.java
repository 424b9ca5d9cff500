package io.meanmax.job.runtime;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a stage leaves beside its data in {@code _stage.json}: what it was made of, so that it need
 * not be made again, and what later stages must know.
 *
 * @param stage its name
 * @param fingerprint of its inputs and settings
 * @param inputs path or table → fingerprint of the documents at the head of the road
 * @param counts rows and tokens by name
 * @param text the text pipeline, as JSON
 * @param vocabularyHash of the vocabulary and labels that encoded the data, or null before there
 *     are any; of a model's stages, of its vocabulary
 * @param maxTokens at which documents were cut, or 0 before they are encoded
 * @param files that the stage wrote; null if it did not say
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StageRecord(
    String stage,
    String fingerprint,
    Map<String, String> inputs,
    Map<String, Long> counts,
    JsonNode text,
    String vocabularyHash,
    int maxTokens,
    StageFiles files) {
  static final String FILE = "_stage.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @JsonCreator
  public StageRecord {
    inputs = new TreeMap<>(inputs);
    counts = new TreeMap<>(counts);
  }

  /** What a stage knows of itself before its files are all there. */
  public StageRecord(
      String stage,
      String fingerprint,
      Map<String, String> inputs,
      Map<String, Long> counts,
      JsonNode text,
      String vocabularyHash,
      int maxTokens) {
    this(stage, fingerprint, inputs, counts, text, vocabularyHash, maxTokens, null);
  }

  StageRecord with(StageFiles written) {
    return new StageRecord(
        stage, fingerprint, inputs, counts, text, vocabularyHash, maxTokens, written);
  }

  /** The record of a complete stage output, or nothing where there is none. */
  public static Optional<StageRecord> find(Configuration conf, String folder) {
    Path path = new Path(folder, FILE);
    try {
      FileSystem files = path.getFileSystem(conf);
      if (!files.exists(path)) {
        return Optional.empty();
      }
      try (InputStream in = files.open(path)) {
        return Optional.of(JSON.readValue(in, StageRecord.class));
      }
    } catch (IOException e) {
      throw new JobException("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * The record of a stage output that must be there.
   *
   * @throws JobException if it is missing, of another stage, or not what was written
   */
  public static StageRecord require(Configuration conf, String folder, String stage) {
    StageRecord found =
        find(conf, folder)
            .orElseThrow(
                () ->
                    new JobException(
                        "%s is not the output of a finished stage: it has no %s. Run '%s' first"
                            .formatted(folder, FILE, stage)));
    if (!found.stage.equals(stage)) {
      throw new JobException(
          "%s was written by '%s' where the output of '%s' is needed"
              .formatted(folder, found.stage, stage));
    }
    StageFiles standing = standing(conf, folder);
    if (found.files != null && !found.files.equals(standing)) {
      throw new JobException(
          ("%s holds %,d files of %,d bytes where '%s' wrote %,d of %,d: files of it are missing, or"
                  + " are not its own. Delete it and run '%s' again")
              .formatted(
                  folder,
                  standing.count(),
                  standing.bytes(),
                  stage,
                  found.files.count(),
                  found.files.bytes(),
                  stage));
    }
    return found;
  }

  /** Whether files of this output that were written are gone. */
  public boolean lacksFiles(Configuration conf, String folder) {
    return files != null && files.moreThan(standing(conf, folder));
  }

  private static StageFiles standing(Configuration conf, String folder) {
    Path path = new Path(folder);
    try {
      return StageFiles.of(path.getFileSystem(conf), path);
    } catch (IOException e) {
      throw new JobException("Cannot list " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Holds what was read of this output to what was written.
   *
   * @param folder of the output
   * @param count its name among the counts
   * @param read rows that were found
   * @throws JobException if rows are missing, or there are more
   */
  public void requireAll(String folder, String count, long read) {
    long written = counts.getOrDefault(count, 0L);
    if (read != written) {
      throw new JobException(
          ("%s holds %d rows where '%s' wrote %d: files of it are missing, or are not its own."
                  + " Delete it and run '%s' again")
              .formatted(folder, read, stage, written, stage));
    }
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (IOException e) {
      throw new IllegalStateException("A stage record is always valid JSON", e);
    }
  }
}
