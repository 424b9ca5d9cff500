package io.meanmax.bundle;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Path;

/**
 * A bundle's file that fails with a {@link BundleException} at its end if it is not what the
 * manifest says. Closing reads what is left: a ZIP reader stops before the end, and its caller must
 * learn of a damaged file all the same.
 */
final class VerifiedInputStream extends FilterInputStream {

  private final Path folder;
  private final String file;
  private final FileDigest expected;
  private final Sha256 digest = new Sha256();
  private boolean ended;
  private boolean closed;

  VerifiedInputStream(InputStream source, Path folder, String file, FileDigest expected) {
    super(source);
    this.folder = folder;
    this.file = file;
    this.expected = expected;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = in.read(buffer, offset, length);
    if (count > 0) {
      digest.update(buffer, offset, count);
    } else if (count < 0 && !ended) {
      ended = true;
      verify();
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, 8192)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    byte[] rest = new byte[1 << 16];
    try {
      while (read(rest, 0, rest.length) >= 0) {
        // Reading is verifying.
      }
    } finally {
      in.close();
    }
  }

  private void verify() {
    FileDigest found = digest.finish();
    if (!found.equals(expected)) {
      throw BundleException.unusable(folder, difference(file, found, expected));
    }
  }

  private static String difference(String file, FileDigest found, FileDigest expected) {
    return found.bytes() == expected.bytes()
        ? file + " was altered: its SHA-256 is " + found.sha256() + ", not " + expected.sha256()
        : wrongLength(file, found.bytes(), expected.bytes());
  }

  static String wrongLength(String file, long found, long expected) {
    return file + " was altered or cut off: it has " + found + " bytes, not " + expected;
  }
}
