package io.meanmax.job.runtime;

import io.meanmax.text.TokenSink;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** Where the bytes of Spark's strings are, so that they can be read without being copied. */
public final class Utf8 {
  private Utf8() {}

  /** Gives a string to a sink. */
  public static void give(UTF8String string, TokenSink sink) {
    int length = string.numBytes();
    if (string.getBaseObject() instanceof byte[] bytes) {
      sink.token(bytes, (int) (string.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET), length);
    } else {
      sink.token(string.getBytes(), 0, length);
    }
  }
}
