package io.meanmax.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that ran to its end.
 *
 * @param output file of its standard output
 * @param log its standard error
 * @param wallSeconds how long it ran
 * @param peakMib its largest resident set, NaN where the system does not tell
 */
record Job(Path output, String log, double wallSeconds, double peakMib) {
  private static final Path GNU_TIME = Path.of("/usr/bin/time");
  private static final int POLL_MILLIS = 20;
  private static final int SHOWN_LINES = 12;
  private static final double KIB_IN_MIB = 1024;
  private static final Pattern HIGH_WATER = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /**
   * Runs a command to its end.
   *
   * @param folder where its output and log are kept, made if need be
   * @throws IOException if it ends with another status than 0
   */
  static Job run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    Files.createDirectories(folder);
    Path output = folder.resolve("output");
    Path log = folder.resolve("log");
    Path time = folder.resolve("time");
    boolean timed = Files.isExecutable(GNU_TIME);
    List<String> all = new ArrayList<>();
    if (timed) {
      all.addAll(List.of(GNU_TIME.toString(), "-f", "%M", "-o", time.toString()));
    }
    all.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(all).redirectOutput(output.toFile()).redirectError(log.toFile());
    builder.environment().putAll(environment);
    long started = System.nanoTime();
    Process process = builder.start();
    double peak = await(process, !timed);
    double seconds = (System.nanoTime() - started) / 1e9;
    String said = Files.readString(log, StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new IOException(
          "%s ended with status %d; its log %s ends with:%n%s"
              .formatted(command.get(0), process.exitValue(), log, last(said)));
    }
    if (timed) {
      peak = Double.parseDouble(Files.readString(time).strip()) / KIB_IN_MIB;
    }
    return new Job(output, said, seconds, peak);
  }

  /** Waits; without GNU time the kernel is asked for the process's high-water mark on the way. */
  private static double await(Process process, boolean polling) {
    double peak = Double.NaN;
    try {
      if (!polling) {
        process.waitFor();
      }
      while (process.isAlive()) {
        double now = peakMib(Long.toString(process.pid()));
        peak = Double.isNaN(now) ? peak : now;
        process.waitFor(POLL_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while measuring", e);
    }
    return peak;
  }

  /**
   * The largest resident set so far.
   *
   * @param process its number, or {@code self}
   * @return in MiB, NaN where there is no /proc
   */
  static double peakMib(String process) {
    try {
      Matcher found = HIGH_WATER.matcher(Files.readString(Path.of("/proc", process, "status")));
      return found.find() ? Long.parseLong(found.group(1)) / KIB_IN_MIB : Double.NaN;
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static String last(String log) {
    List<String> lines = log.lines().toList();
    return String.join(
        System.lineSeparator(),
        lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
  }
}
