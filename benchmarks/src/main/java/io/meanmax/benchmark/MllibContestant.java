package io.meanmax.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Spark MLlib: white space, HashingTF with 2¹⁸ buckets, LogisticRegression. */
final class MllibContestant implements Contestant {
  private static final long MIB = 1 << 20;

  /** Copies of the coefficients, doubles, that L-BFGS with its history of 10 and Spark keep. */
  private static final int COPIES = 36;

  private static final int BASE_MIB = 3072;
  private final Options options;

  MllibContestant(Options options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "spark-mllib";
  }

  @Override
  public boolean isSlow() {
    return true;
  }

  @Override
  public Optional<String> obstacle(Cell cell) {
    long machine = physicalMib();
    if (neededMib(cell) <= machine * 3 / 4) {
      return Optional.empty();
    }
    return Optional.of(
        "LogisticRegression with %d labels needs a heap of about %d MiB, this machine has %d"
            .formatted(cell.corpus().labels(), neededMib(cell), machine));
  }

  @Override
  public Cell relevant(Cell cell) {
    return cell.withoutVectors();
  }

  @Override
  public Optional<String> note(Cell cell) {
    return Optional.of(
        "HashingTF(2^18) + LogisticRegression(maxIter=%d); words/s: words × iterations ÷ fit time"
            .formatted(MllibProcess.ITERATIONS));
  }

  @Override
  public Measurement measure(Cell cell) throws IOException {
    Path folder = options.freshFolder(name());
    ChildJvm.Answer answer =
        ChildJvm.run(
            folder,
            neededMib(cell) + "m",
            Map.of(),
            MllibProcess.class.getName(),
            List.of(
                "local[" + cell.threads() + "]",
                cell.corpus().train().toString(),
                cell.corpus().test().toString(),
                folder.resolve("model").toString()));
    options.delete(folder);
    Measurement measured = Measurement.of(answer.figures());
    double speed = answer.figures().get(Figure.WORDS_PER_SECOND_PER_THREAD.key()).asDouble();
    return measured.with(Map.of(Figure.WORDS_PER_SECOND_PER_THREAD, speed / cell.threads()));
  }

  private static long neededMib(Cell cell) {
    long coefficients = (long) cell.corpus().labels() * MllibProcess.BUCKETS * Double.BYTES / MIB;
    return BASE_MIB + COPIES * coefficients;
  }

  private static long physicalMib() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize() / MIB
        : Long.MAX_VALUE;
  }
}
