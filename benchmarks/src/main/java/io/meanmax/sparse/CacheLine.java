package io.meanmax.sparse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How long a cache line takes from one processor to another and back. Where they share a cache of
 * the third level it is some 60 ns, where they do not five times as much; a virtual machine may go
 * from the one to the other within seconds.
 */
final class CacheLine {
  private static final int WARM_UP = 5_000;
  private static final int TRIPS = 20_000;

  /** With nothing else on its line, nor on those that are read ahead with it. */
  private static final int PLACE = 64;

  private final AtomicIntegerArray line = new AtomicIntegerArray(2 * PLACE);

  private CacheLine() {}

  /** Nanoseconds of one way and back, between two threads that this machine runs side by side. */
  static double toAndFro() {
    return new CacheLine().measure();
  }

  private double measure() {
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> send(2, WARM_UP + TRIPS));
    line.set(PLACE, 1);
    send(3, WARM_UP - 1);
    long start = System.nanoTime();
    send(2 * WARM_UP + 1, TRIPS);
    receive(2 * (WARM_UP + TRIPS));
    double elapsed = System.nanoTime() - start;
    other.join();
    return elapsed / TRIPS;
  }

  /** Answers each number with the one after it. */
  private void send(int first, int times) {
    for (int trip = 0; trip < times; trip++) {
      receive(first + 2 * trip - 1);
      line.set(PLACE, first + 2 * trip);
    }
  }

  private void receive(int number) {
    while (line.get(PLACE) != number) {
      Thread.onSpinWait();
    }
  }
}
