package io.meanmax.job.runtime;

import io.meanmax.config.InputConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
    try {
      Configuration conf = spark.sparkContext().hadoopConfiguration();
      if (input.path() != null) {
        return of(files(conf, new Path(input.path())).toArray(String[]::new));
      }
      Dataset<Row> rows = Tables.open(spark, input);
      TreeSet<String> found = new TreeSet<>();
      for (String file : rows.inputFiles()) {
        found.addAll(files(conf, new Path(file)));
      }
      return found.isEmpty() ? of(UUID.randomUUID().toString()) : of(found.toArray(String[]::new));
    } catch (IOException e) {
      throw new JobException("Cannot list " + input.describe() + ": " + e.getMessage(), e);
    }
  }

  private static List<String> files(Configuration conf, Path pattern) throws IOException {
    FileSystem files = pattern.getFileSystem(conf);
    FileStatus[] matches = files.globStatus(pattern);
    if (matches == null || matches.length == 0) {
      throw new JobException("Input path does not exist: " + pattern);
    }
    TreeSet<String> found = new TreeSet<>();
    for (FileStatus match : matches) {
      RemoteIterator<LocatedFileStatus> each = files.listFiles(match.getPath(), true);
      while (each.hasNext()) {
        LocatedFileStatus file = each.next();
        found.add(file.getPath() + "|" + file.getLen() + "|" + file.getModificationTime());
      }
    }
    return List.copyOf(found);
  }
}
