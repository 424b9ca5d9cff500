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
  private static final String SUCCESS = "_SUCCESS";

  /** What stands in a folder now; none if it is not there. */
  static StageFiles of(FileSystem files, Path folder) throws IOException {
    if (!files.exists(folder)) {
      return new StageFiles(0, 0);
    }
    int count = 0;
    long bytes = 0;
    RemoteIterator<LocatedFileStatus> found = files.listFiles(folder, true);
    while (found.hasNext()) {
      LocatedFileStatus file = found.next();
      if (isData(file.getPath().getName())) {
        count++;
        bytes += file.getLen();
      }
    }
    return new StageFiles(count, bytes);
  }

  private static boolean isData(String name) {
    return !name.equals(StageRecord.FILE) && !name.equals(SUCCESS) && !name.startsWith(".");
  }
}
