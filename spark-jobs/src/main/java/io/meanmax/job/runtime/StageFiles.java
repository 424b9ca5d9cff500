package io.meanmax.job.runtime;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The files of a stage's output, without those that only say that it is one.
 *
 * @param count how many, in all folders below it
 * @param bytes their lengths together
 */
public record StageFiles(int count, long bytes) {
  /** Says that an output is complete, as Hadoop's jobs do. */
  static final String SUCCESS = "_SUCCESS";

  /** What stands in a folder now; none if it is not there. */
  static StageFiles of(FileSystem files, Path folder) throws IOException {
    if (!files.exists(folder)) {
      return new StageFiles(0, 0);
    }
    int count = 0;
    long bytes = 0;
    Path root = files.makeQualified(folder);
    RemoteIterator<LocatedFileStatus> found = files.listFiles(root, true);
    while (found.hasNext()) {
      LocatedFileStatus file = found.next();
      if (isData(root, file.getPath())) {
        count++;
        bytes += file.getLen();
      }
    }
    return new StageFiles(count, bytes);
  }

  /** Whether files of these are missing now, going by their number and length. */
  boolean moreThan(StageFiles now) {
    return count > now.count || bytes > now.bytes;
  }

  /** Spark leaves `_temporary` behind where it could not clear up; a leading dot hides a file. */
  private static boolean isData(Path root, Path file) {
    for (Path part = file; part != null && !part.equals(root); part = part.getParent()) {
      if (part.getName().startsWith(".") || part.getName().equals("_temporary")) {
        return false;
      }
    }
    return !file.getName().equals(StageRecord.FILE) && !file.getName().equals(SUCCESS);
  }
}
