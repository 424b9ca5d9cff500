package io.meanmax.job.runtime;

import io.meanmax.config.InputConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

/** Short names for a state of inputs and settings: equal states have equal names. */
public final class Fingerprint {
  private Fingerprint() {}

  /** SHA-256 of texts, in hexadecimal; a separator keeps ("a", "bc") apart from ("ab", "c"). */
  public static String of(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /**
   * The state of documents: the paths, lengths and modification times of their files. A source
   * whose files are not known (a view over a database, say) never has the same state twice.
   */
  public static String of(SparkSession spark, InputConfig input) {
    String[] found =
        InputFiles.of(spark, input).stream()
            .map(file -> file.getPath() + "|" + file.getLen() + "|" + file.getModificationTime())
            .distinct()
            .sorted()
            .toArray(String[]::new);
    return found.length == 0 && input.path() == null ? of(UUID.randomUUID().toString()) : of(found);
  }
}
