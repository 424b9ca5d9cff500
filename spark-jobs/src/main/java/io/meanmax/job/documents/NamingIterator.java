package io.meanmax.job.documents;

import io.meanmax.job.runtime.JobException;
import java.io.IOException;
import java.util.Iterator;
import org.apache.hadoop.fs.Path;

/** What is read from a file, with failures that name it: a broken archive, say. */
final class NamingIterator<T> implements Iterator<T> {
  private final Iterator<T> read;
  private final Path path;

  NamingIterator(Iterator<T> read, Path path) {
    this.read = read;
    this.path = path;
  }

  @Override
  public boolean hasNext() {
    try {
      return read.hasNext();
    } catch (Exception e) {
      // Hadoop's reader throws the checked IOException here without declaring it to Java.
      if (e instanceof IOException) {
        throw new JobException("Cannot read " + path + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }

  @Override
  public T next() {
    return read.next();
  }
}
