package io.meanmax.sparse;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the machine's processors come to together where nothing is shared: run with {@code -t 1} and
 * {@code -t 2}, the unit is a step of all threads together in a second.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 20, time = 1)
@Fork(1)
@State(Scope.Thread)
public class CoresBenchmark {
  private static final int ITERATIONS = 1_000_000;

  /** Eight chains of multiplications and additions that stay in registers. */
  @Benchmark
  public double registers() {
    double a = 1;
    double b = 1;
    double c = 1;
    double d = 1;
    double e = 1;
    double f = 1;
    double g = 1;
    double h = 1;
    for (int i = 0; i < ITERATIONS; i++) {
      a = a * 0.999 + 1e-9;
      b = b * 0.998 + 1e-9;
      c = c * 0.997 + 1e-9;
      d = d * 0.996 + 1e-9;
      e = e * 0.995 + 1e-9;
      f = f * 0.994 + 1e-9;
      g = g * 0.993 + 1e-9;
      h = h * 0.992 + 1e-9;
    }
    return a + b + c + d + e + f + g + h;
  }
}
