package io.meanmax.bundle;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/** Hands the digest of all that went through to a consumer when it has been closed. */
final class DigestedOutputStream extends FilterOutputStream {

  private final Sha256 digest = new Sha256();
  private final Consumer<FileDigest> whenClosed;
  private boolean closed;

  DigestedOutputStream(OutputStream target, Consumer<FileDigest> whenClosed) {
    super(target);
    this.whenClosed = whenClosed;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    out.write(buffer, offset, length);
    digest.update(buffer, offset, length);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    out.close();
    whenClosed.accept(digest.finish());
  }
}
