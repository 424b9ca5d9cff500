package io.meanmax.job.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry point, also under spark-submit. */
@Command(
    name = "meanmax",
    description = "Trains fastText-style text classifiers on Apache Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Exit status: 0 success, 1 failure, 2 wrong usage or configuration.",
      "Results go to standard output, everything else to standard error.",
      "conf/reference.conf lists every key that --set takes, with its default and meaning."
    },
    subcommands = {
      RunCommand.class,
      GenerateCommand.class,
      TokenizeCommand.class,
      VocabularyCommand.class,
      EncodeCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      ScoreCommand.class,
      EmbeddingsCommand.class,
      ModelsCommand.class,
      HelpCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  /**
   * Parses the arguments, runs the command, exits with its status.
   *
   * @throws CommandFailedException in YARN's cluster mode, instead of exiting with a failure
   */
  public static void main(String[] args) {
    Failures failures = new Failures();
    int status = execute(failures, args);
    if (!isYarnsDriver()) {
      System.exit(status);
    }
    if (status != 0) {
      throw new CommandFailedException(failures.told());
    }
  }

  /**
   * Whether YARN's application master called us. It judges by how this method ends: returning is
   * success, an exception failure, whose message it reports; an exit it takes for a failure, even
   * with status 0.
   */
  private static boolean isYarnsDriver() {
    return "yarn".equals(System.getProperty("spark.master"))
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }

  /** Runs a command and gives its exit status: 0, 1 or 2. */
  static int execute(String... args) {
    return execute(new Failures(), args);
  }

  private static int execute(Failures failures, String... args) {
    CommandLine command = new CommandLine(new Main());
    command
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setExitCodeExceptionMapper(Failures::exitCode);
    try {
      return command.execute(args);
    } catch (OutOfMemoryError e) {
      failures.tell(
          command.getErr(),
          "meanmax: out of memory (%s). Give it more: MEANMAX_MEMORY for a local run, else"
                  .formatted(e.getMessage())
              + " spark.driver.memory and spark.executor.memory");
      return Failures.FAILURE;
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say which command to run");
  }
}
