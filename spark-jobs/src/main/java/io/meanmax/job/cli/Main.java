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

  /** Parses the arguments, runs the command, exits with its status. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** Runs a command and gives its exit status: 0, 1 or 2. */
  static int execute(String... args) {
    CommandLine command =
        new CommandLine(new Main())
            .setExecutionExceptionHandler(new Failures())
            .setExitCodeExceptionMapper(Failures::exitCode);
    try {
      return command.execute(args);
    } catch (OutOfMemoryError e) {
      command
          .getErr()
          .println(
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
