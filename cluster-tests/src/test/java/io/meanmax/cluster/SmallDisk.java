package io.meanmax.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system of a few megabytes, which only root can mount.
 *
 * @param root where it is mounted
 */
record SmallDisk(Path root) implements AutoCloseable {

  /** Mounts it, or skips the test. */
  static SmallDisk mount(Path root, int kibibytes) {
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String said =
        run(
            List.of(
                "mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", root.toString()));
    Assumptions.assumeTrue(said.isEmpty(), "no tmpfs can be mounted here: " + said);
    return new SmallDisk(root);
  }

  /** Fills all but so many bytes with a file. */
  void leave(long bytes) {
    try {
      long free = Files.getFileStore(root).getUsableSpace();
      Files.write(root.resolve("filler"), new byte[Math.toIntExact(free - bytes)]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    run(List.of("umount", "-l", root.toString()));
  }

  /** What a command says when it fails; nothing when it succeeds. */
  private static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : said + "(status " + process.exitValue() + ")";
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
