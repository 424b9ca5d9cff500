package io.meanmax.bundle;

/**
 * The length and checksum by which an altered file is noticed.
 *
 * @param sha256 64 lower-case hexadecimal digits
 * @param bytes the length of the file
 */
public record FileDigest(String sha256, long bytes) {

  public FileDigest {
    if (sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("A SHA-256 is 64 hexadecimal digits, found " + sha256);
    }
    if (bytes < 0) {
      throw new IllegalArgumentException("A file has at least 0 bytes, found " + bytes);
    }
  }
}
