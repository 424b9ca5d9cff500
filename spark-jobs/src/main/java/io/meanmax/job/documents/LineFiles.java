package io.meanmax.job.documents;

import io.meanmax.job.runtime.JobException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * The files that a path, folder or glob stands for; hidden ones (_x, .x) are left out, as in Spark.
 */
final class LineFiles {
  private static final String GLOB_CHARACTERS = "*?[{";

  private final Configuration conf;
  private final Path root;
  private final List<FileStatus> files;

  private LineFiles(Configuration conf, Path root, List<FileStatus> files) {
    this.conf = conf;
    this.root = root;
    this.files = files;
  }

  /**
   * Lists the files of an input.
   *
   * @throws JobException if there are none
   */
  static LineFiles list(Configuration conf, String path) {
    Path pattern = new Path(path);
    List<FileStatus> found = new ArrayList<>();
    Path root;
    try {
      FileSystem system = pattern.getFileSystem(conf);
      root = system.makeQualified(withoutGlob(pattern));
      FileStatus[] matches = system.globStatus(pattern);
      if (matches == null || matches.length == 0) {
        throw new JobException("Input path does not exist: " + path);
      }
      for (FileStatus match : matches) {
        addFiles(system, match, found);
      }
    } catch (IOException e) {
      throw new JobException("Cannot list input " + path + ": " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new JobException("Input holds no file: " + path);
    }
    found.sort((a, b) -> a.getPath().compareTo(b.getPath()));
    return new LineFiles(conf, root, found);
  }

  /** The part of a path before its first folder or file that stands for several. */
  private static Path withoutGlob(Path pattern) {
    Path root = pattern;
    for (Path part = pattern; part.getParent() != null; part = part.getParent()) {
      if (part.getName().chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0)) {
        root = part.getParent();
      }
    }
    return root;
  }

  private static void addFiles(FileSystem system, FileStatus match, List<FileStatus> found)
      throws IOException {
    if (match.isFile()) {
      found.add(match);
      return;
    }
    RemoteIterator<LocatedFileStatus> each = system.listFiles(match.getPath(), true);
    while (each.hasNext()) {
      FileStatus file = each.next();
      if (!isHidden(match.getPath(), file.getPath())) {
        found.add(file);
      }
    }
  }

  private static boolean isHidden(Path root, Path file) {
    for (Path part = file; part != null && !part.equals(root); part = part.getParent()) {
      if (part.getName().startsWith("_") || part.getName().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /** The folder that every file lies in, or the one file: names below it tell files apart. */
  Path root() {
    return root;
  }

  Path[] paths() {
    return files.stream().map(FileStatus::getPath).toArray(Path[]::new);
  }

  long bytes() {
    return files.stream().mapToLong(FileStatus::getLen).sum();
  }

  /** The first line of the first file that has one. */
  String firstLine() {
    for (FileStatus file : files) {
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(open(file.getPath()), StandardCharsets.UTF_8))) {
        String line = reader.readLine();
        if (line != null) {
          return line.startsWith("\uFEFF") ? line.substring(1) : line;
        }
      } catch (IOException e) {
        throw new JobException("Cannot read " + file.getPath() + ": " + e.getMessage(), e);
      }
    }
    throw new JobException("Input holds no line: " + files.get(0).getPath());
  }

  private InputStream open(Path path) throws IOException {
    InputStream in = path.getFileSystem(conf).open(path);
    CompressionCodec codec = new CompressionCodecFactory(conf).getCodec(path);
    return codec == null ? in : codec.createInputStream(in);
  }
}
