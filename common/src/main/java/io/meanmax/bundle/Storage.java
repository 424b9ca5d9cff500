package io.meanmax.bundle;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The few operations that bundles need of a Hadoop file system; every failure is a {@link
 * BundleException} that names the path. Thread-safe. Where a disk is full, Hadoop's local file
 * system throws {@link FSError}, an {@link Error}; streams that were opened here throw it too.
 */
final class Storage {

  private static final String TEMPORARY = "_tmp-";

  private final Configuration configuration;
  private final FileSystem fileSystem;

  private Storage(Configuration configuration, FileSystem fileSystem) {
    this.configuration = configuration;
    this.fileSystem = fileSystem;
  }

  /** The file system of {@code path}; the local one without its checksum files. */
  static Storage of(Configuration configuration, Path path) {
    try {
      FileSystem found = path.getFileSystem(configuration);
      return new Storage(
          configuration,
          found instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : found);
    } catch (IOException | IllegalArgumentException e) {
      throw BundleException.failed("Cannot reach the file system of " + path, e);
    }
  }

  Path qualified(Path path) {
    return fileSystem.makeQualified(path);
  }

  /** A name in {@code folder} that no one else uses and that listings leave out. */
  static Path temporary(Path folder, String purpose) {
    return new Path(folder, TEMPORARY + purpose + "-" + UUID.randomUUID());
  }

  Optional<FileStatus> status(Path path) {
    try {
      return Optional.of(fileSystem.getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw BundleException.failed("Cannot look at " + path, e);
    }
  }

  boolean hasFolder(Path path) {
    return status(path).filter(FileStatus::isDirectory).isPresent();
  }

  boolean hasFile(Path path) {
    return status(path).filter(FileStatus::isFile).isPresent();
  }

  /** The sorted names of the folders in {@code folder} that may be a model's or a version's. */
  List<String> folders(Path folder) {
    try {
      return Arrays.stream(fileSystem.listStatus(folder))
          .filter(FileStatus::isDirectory)
          .map(status -> status.getPath().getName())
          .filter(Names::valid)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw BundleException.failed("Cannot list " + folder, e);
    }
  }

  InputStream open(Path file) {
    try {
      return fileSystem.open(file);
    } catch (IOException e) {
      throw BundleException.failed("Cannot read " + file, e);
    }
  }

  byte[] bytes(Path file) {
    try (InputStream in = fileSystem.open(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw BundleException.failed("Cannot read " + file, e);
    }
  }

  void createFolder(Path folder) {
    try {
      if (fileSystem.mkdirs(folder)) {
        return;
      }
    } catch (IOException e) {
      throw BundleException.failed(
          "Cannot create the folder " + folder + "; check the path and that you may write", e);
    }
    throw new BundleException(
        "Cannot create the folder " + folder + "; check the path and that you may write");
  }

  OutputStream create(Path file) {
    try {
      return fileSystem.create(file, true);
    } catch (IOException e) {
      throw BundleException.failed("Cannot write " + file, e);
    }
  }

  void write(Path file, byte[] content) {
    try {
      createAndWrite(file, content);
    } catch (IOException | FSError e) {
      throw BundleException.failed("Cannot write " + file, e);
    }
  }

  /** Replaces a file as a whole: readers see the old content or the new. */
  void replace(Path file, byte[] content) {
    Path temporary = temporary(file.getParent(), file.getName());
    try {
      createAndWrite(temporary, content);
      rename(temporary, file, Options.Rename.OVERWRITE);
    } catch (IOException | FSError e) {
      BundleException failure =
          BundleException.failed("Cannot replace " + file + "; check that you may write there", e);
      try {
        delete(temporary);
      } catch (BundleException cleaning) {
        failure.addSuppressed(cleaning);
      }
      throw failure;
    }
  }

  /** Renames a folder, unless there is something of the new name: then nothing changes. */
  RenameResult renameFolder(Path from, Path to) {
    if (status(to).isPresent()) {
      return RenameResult.TAKEN;
    }
    try {
      rename(from, to, Options.Rename.NONE);
      return RenameResult.RENAMED;
    } catch (IOException e) {
      if (hasFolder(from) && status(to).isPresent()) {
        return RenameResult.TAKEN;
      }
      throw BundleException.failed("Cannot rename " + from + " to " + to, e);
    }
  }

  /** Deletes a file or a folder with all in it, if it is there. */
  void delete(Path path) {
    try {
      fileSystem.delete(path, true);
    } catch (IOException e) {
      throw BundleException.failed("Cannot delete " + path, e);
    }
  }

  private void createAndWrite(Path file, byte[] content) throws IOException {
    try (OutputStream out = fileSystem.create(file, true)) {
      out.write(content);
    }
  }

  /**
   * {@code FileSystem.rename} moves into an existing folder, and the local one copies where it
   * cannot rename; neither may happen here.
   */
  private void rename(Path from, Path to, Options.Rename option) throws IOException {
    if (fileSystem instanceof RawLocalFileSystem local) {
      java.nio.file.Path target = local.pathToFile(to).toPath();
      // Left by a tool that copied the file here; Hadoop's own readers would hold it against us.
      Files.deleteIfExists(target.resolveSibling("." + to.getName() + ".crc"));
      Files.move(
          local.pathToFile(from).toPath(),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } else {
      FileContext.getFileContext(fileSystem.getUri(), configuration).rename(from, to, option);
    }
  }

  /** Whether {@link #renameFolder} found its name free. */
  enum RenameResult {
    RENAMED,
    TAKEN
  }
}
