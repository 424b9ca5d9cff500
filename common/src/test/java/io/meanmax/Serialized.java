package io.meanmax;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** The way of a value to an executor. */
public final class Serialized {
  private Serialized() {}

  /** What arrives when {@code value} is sent. */
  @SuppressWarnings("unchecked")
  public static <T> T copy(T value) throws IOException, ClassNotFoundException {
    return (T) read(bytes(value));
  }

  /** A value as Java serialisation writes it. */
  public static byte[] bytes(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  /** What Java serialisation reads. */
  public static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }
}
