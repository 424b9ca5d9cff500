package io.meanmax.job.cli;

import io.meanmax.job.testing.SparkExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A command as a user runs it.
 *
 * @param status the exit status
 * @param out what stood on standard output
 * @param err what stood on standard error
 */
record Cli(int status, String out, String err) {

  /** Runs a command that needs no session, or opens one of its own. */
  static Cli run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status;
    try {
      System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
      status = Main.execute(arguments);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return new Cli(
        status, captured.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
  }

  /** Runs a command on the tests' small session, which it closes. */
  static Cli runOnSpark(String... arguments) {
    SparkExtension.session();
    return run(arguments);
  }

  /** The messages of a failure: standard error without the log's lines of progress. */
  List<String> messages() {
    return err.lines().filter(line -> line.startsWith("meanmax: ")).toList();
  }

  boolean hasStackTrace() {
    return err.lines().anyMatch(line -> line.startsWith("\tat "));
  }
}
