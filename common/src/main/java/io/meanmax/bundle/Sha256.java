package io.meanmax.bundle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 and a length in the making. Not thread-safe. */
final class Sha256 {

  private final MessageDigest digest = newDigest();
  private long bytes;

  static String of(byte[] content) {
    return HexFormat.of().formatHex(newDigest().digest(content));
  }

  void update(byte[] buffer, int offset, int length) {
    digest.update(buffer, offset, length);
    bytes += length;
  }

  /** What has been added so far; nothing can be added afterwards. */
  FileDigest finish() {
    return new FileDigest(HexFormat.of().formatHex(digest.digest()), bytes);
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}
