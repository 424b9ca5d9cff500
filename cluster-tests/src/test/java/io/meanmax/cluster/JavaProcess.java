package io.meanmax.cluster;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM of its own, whose standard output and standard error go to a file. Closing kills it and
 * what it started.
 */
final class JavaProcess implements AutoCloseable {
  private static final int SHOWN_LINES = 200;
  private static final long POLL_MILLIS = 100;

  private final String name;
  private final Process process;
  private final Path log;

  private JavaProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Says what to start. */
  static Builder of(String name, String mainClass) {
    return new Builder(name, mainClass);
  }

  /** A JVM to be started; Spark's options for JDK 17 are given to it, and a heap of 512 MiB. */
  static final class Builder {
    private final String name;
    private final String mainClass;
    private final List<String> classPath = new ArrayList<>();
    private final List<String> options = new ArrayList<>(List.of("-Xmx512m"));
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path directory;

    private Builder(String name, String mainClass) {
      this.name = name;
      this.mainClass = mainClass;
    }

    /** Adds a jar, a folder of classes, or all jars of a folder ({@code folder/*}). */
    Builder classPath(Object... entries) {
      for (Object entry : entries) {
        classPath.add(entry.toString());
      }
      return this;
    }

    /** Adds options of the JVM; a later one ranks above an earlier one. */
    Builder options(String... more) {
      options.addAll(List.of(more));
      return this;
    }

    Builder arguments(String... more) {
      arguments.addAll(List.of(more));
      return this;
    }

    Builder environment(String key, String value) {
      environment.put(key, value);
      return this;
    }

    /** Its working directory, which is made; else that of this JVM. */
    Builder directory(Path path) {
      directory = path;
      return this;
    }

    /** Starts it; what it says goes to {@code <logs>/<name>.log}. */
    JavaProcess start(Path logs) {
      List<String> command = new ArrayList<>(List.of(Built.java()));
      command.addAll(Built.opens());
      command.addAll(options);
      command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), mainClass));
      command.addAll(arguments);
      try {
        Path log = Files.createDirectories(logs).resolve(name + ".log");
        ProcessBuilder builder =
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        if (directory != null) {
          builder.directory(Files.createDirectories(directory).toFile());
        }
        builder.environment().keySet().removeIf(key -> key.startsWith("SPARK_"));
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().putAll(environment);
        return new JavaProcess(name, builder.start(), log);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Its exit status, once it has ended.
   *
   * @throws AssertionError if it has not by then; it is killed
   */
  int await(Duration timeout) {
    try {
      if (!process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS)) {
        kill();
        throw failure("did not end within " + timeout);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return process.exitValue();
  }

  /**
   * Waits until it has ended, and demands this status.
   *
   * @throws AssertionError with the end of its log otherwise
   */
  JavaProcess ends(int status, Duration timeout) {
    int ended = await(timeout);
    if (ended != status) {
      throw failure("ended with status " + ended + " instead of " + status);
    }
    return this;
  }

  /**
   * The first match of {@code pattern} in what it has said, once there is one.
   *
   * @throws AssertionError if it ends or the time is over before
   */
  Matcher awaitLog(String pattern, Duration timeout) {
    Pattern compiled = Pattern.compile(pattern);
    Matcher[] found = new Matcher[1];
    until(
        "say " + pattern,
        timeout,
        () -> {
          found[0] = compiled.matcher(log());
          return found[0].find();
        });
    return found[0];
  }

  /**
   * Waits until something holds while it runs.
   *
   * @param what what it does then, for the message
   * @throws AssertionError if it ends or the time is over before
   */
  void until(String what, Duration timeout, BooleanSupplier holds) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!holds.getAsBoolean()) {
      if (!process.isAlive() && !holds.getAsBoolean()) {
        throw failure("ended with status " + process.exitValue() + " and did not " + what);
      }
      if (System.nanoTime() > deadline) {
        throw failure("did not " + what + " within " + timeout);
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  /** All it has said so far. */
  String log() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as {@code kill -9} does, and waits until it is gone. What it started lives on. */
  void kill() {
    kill(process.toHandle());
  }

  /** Ends a process as {@code kill -9} does, and waits until it is gone. */
  static void kill(ProcessHandle handle) {
    handle.destroyForcibly();
    handle.onExit().join();
  }

  @Override
  public void close() {
    List<ProcessHandle> started = process.descendants().toList();
    kill();
    started.forEach(JavaProcess::kill);
  }

  private AssertionError failure(String what) {
    List<String> lines = log().lines().toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
    return new AssertionError(
        "%s %s. The end of %s:%n%s".formatted(name, what, log, String.join("\n", last)));
  }

  private static UncheckedIOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException failure = new InterruptedIOException("interrupted while waiting");
    failure.initCause(e);
    return new UncheckedIOException(failure);
  }
}
