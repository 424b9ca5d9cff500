package io.meanmax.job.cli;

import io.meanmax.bundle.BundleException;
import io.meanmax.config.ConfigurationException;
import io.meanmax.config.Secrets;
import io.meanmax.job.runtime.Causes;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.Progress;
import io.meanmax.job.schema.SchemaException;
import io.meanmax.job.train.DivergedException;
import java.io.PrintWriter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Failures as a user sees them: one message, and an exit status. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  static final int FAILURE = 1;
  static final int USAGE = 2;

  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private String told = "";

  /** The last message; empty if there was none. */
  String told() {
    return told;
  }

  void tell(PrintWriter err, String message) {
    told = Secrets.hide(message);
    err.println(told);
  }

  /** Wrong options and arguments: what may have been meant, else where options are listed. */
  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    tell(command.getErr(), "meanmax: " + failure.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(failure, command.getErr())) {
      command
          .getErr()
          .printf("%s --help lists what there is.%n", command.getCommandSpec().qualifiedName());
    }
    return USAGE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    Throwable known = known(failure);
    if (known != null) {
      Progress.failed(Secrets.hide(known.getMessage()));
      tell(err, "meanmax: " + known.getMessage());
      log.debug("The failure in full", failure);
      return exitCode(known);
    }
    Throwable root = Causes.root(failure);
    tell(
        err,
        "meanmax: unexpected failure: " + root.getClass().getSimpleName() + ": " + message(root));
    err.println("The log has it in full.");
    log.error("Unexpected failure", failure);
    return FAILURE;
  }

  static int exitCode(Throwable failure) {
    return failure instanceof ConfigurationException || failure instanceof ParameterException
        ? USAGE
        : FAILURE;
  }

  /** The outermost failure whose message was written for the user. */
  private static Throwable known(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigurationException
          || cause instanceof JobException
          || cause instanceof BundleException
          || cause instanceof SchemaException
          || cause instanceof DivergedException) {
        return cause;
      }
      Optional<RuntimeException> explained = SparkMessages.explain(cause);
      if (explained.isPresent()) {
        return explained.get();
      }
    }
    return null;
  }

  private static String message(Throwable failure) {
    return Secrets.hide(Causes.message(failure));
  }
}
