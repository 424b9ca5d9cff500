package io.meanmax.job.runtime;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A value that tasks read: a broadcast, or where tasks run in the driver's JVM the value itself,
 * which a broadcast would copy twice. Closing it frees it everywhere.
 */
public final class Shared<T extends Serializable> implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;
  private static final Map<Long, Object> IN_THIS_JVM = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong();

  private final long id;
  private final Broadcast<T> broadcast;

  private Shared(long id, Broadcast<T> broadcast) {
    this.id = id;
    this.broadcast = broadcast;
  }

  /** Shares a value. */
  public static <T extends Serializable> Shared<T> of(JavaSparkContext sc, T value) {
    if (!sc.isLocal()) {
      return new Shared<>(-1, sc.broadcast(value));
    }
    long id = NEXT.getAndIncrement();
    IN_THIS_JVM.put(id, value);
    return new Shared<>(id, null);
  }

  /** The value; not to be changed. */
  @SuppressWarnings("unchecked")
  public T value() {
    return broadcast != null ? broadcast.value() : (T) IN_THIS_JVM.get(id);
  }

  @Override
  public void close() {
    if (broadcast != null) {
      broadcast.destroy(true);
    } else {
      IN_THIS_JVM.remove(id);
    }
  }
}
