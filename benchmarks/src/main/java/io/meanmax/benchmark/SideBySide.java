package io.meanmax.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code scripts/benchmark}. */
@Command(
    name = "benchmark",
    description = {
      "Measures MeanMax, fastText, stock DL4J and Spark MLlib side by side on the same files, and the"
          + " gather + scatter roofline. Prints medians and ratios; docs/how-to/benchmark.md says"
          + " what they mean.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Exit status: 0 success, 1 a system failed, 2 wrong usage.",
      "Results go to standard output, everything else to standard error."
    })
public final class SideBySide implements Callable<Integer> {
  private static final int MOST_DOCUMENTS = 1_000_000;
  private static final int MEDIAN_RUNS = 5;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli sees it
  private boolean help;

  @Option(
      names = "--quick",
      description =
          "The rows of dimension 80 and 105 labels on the generated corpus in one run, the slow"
              + " systems in one row, without MLlib unless --systems names it: some minutes. Other"
              + " options still count.")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the rows as JSON.")
  private Path json;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Also measure on <FOLDER>/<data set>/train.txt and test.txt, fastText lines.")
  private Path data;

  @Option(
      names = "--datasets",
      paramLabel = "NAME",
      split = ",",
      description =
          "Data sets: synthetic, or folders in --data (default: synthetic, and with --data also"
              + " imdb_polarity and blog_age_posts).")
  private List<String> datasets;

  @Option(
      names = "--characters",
      paramLabel = "NAME",
      split = ",",
      description =
          "Those of them that are split into characters first, for a language without spaces;"
              + " all systems then read the same words.")
  private List<String> characters = List.of();

  @Option(
      names = "--systems",
      paramLabel = "NAME",
      split = ",",
      description =
          "Systems: meanmax-sparse, meanmax-dl4j, fasttext, spark-mllib, roofline (default: all).")
  private List<String> systems;

  @Option(
      names = "--runs",
      paramLabel = "COUNT",
      description = "Runs to take the medians of (default: 5).")
  private Integer runs;

  @Option(
      names = "--documents",
      paramLabel = "COUNT",
      defaultValue = "100000",
      description = "Documents of the generated corpus, 75 words each (default: 100000).")
  private int documents;

  @Option(
      names = "--epochs",
      paramLabel = "COUNT",
      description = "Epochs (default: generated corpus 3, others 10).")
  private Integer epochs;

  @Option(names = "--dims", paramLabel = "DIM", split = ",", description = "Default: 16,80,128.")
  private List<Integer> dimensions;

  @Option(
      names = "--labels",
      paramLabel = "COUNT",
      split = ",",
      description = "Labels of the generated corpus: 10, 68, 105 (default: 10,105).")
  private List<Integer> labels;

  @Option(names = "--threads", paramLabel = "COUNT", split = ",", description = "Default: 1,2.")
  private List<Integer> threads = List.of(1, 2);

  @Option(
      names = "--pooling",
      paramLabel = "NAME",
      split = ",",
      description = "Networks: mean (linear), mean-max (with a dense layer of 30); default: both.")
  private List<String> pooling = List.of("mean", "mean-max");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of MeanMax, over those of the benchmark; may be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "4g",
      description = "Heap of a MeanMax process (default: 4g).")
  private String heap;

  @Option(
      names = "--dl4j-documents",
      paramLabel = "COUNT",
      defaultValue = "10240",
      description = "Most documents that stock DL4J trains on (default: 10240).")
  private int dl4jDocuments;

  @Option(
      names = "--dl4j-epochs",
      paramLabel = "COUNT",
      defaultValue = "1",
      description = "Its epochs where there are more documents (default: 1).")
  private int dl4jEpochs;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      description = "Where corpora, models and logs are kept (default: work/benchmark).")
  private Path work;

  private SideBySide() {}

  /** Parses the arguments, measures, exits with 0, 1 or 2. */
  public static void main(String[] args) {
    // A run that is broken off takes along the system that it was measuring.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    System.exit(
        new CommandLine(new SideBySide())
            .setParameterExceptionHandler(
                (wrong, arguments) -> {
                  PrintWriter err = wrong.getCommandLine().getErr();
                  err.println("benchmark: " + wrong.getMessage());
                  err.println("scripts/benchmark --help lists the options.");
                  return CommandLine.ExitCode.USAGE;
                })
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  command.getErr().println("benchmark: " + failure.getMessage());
                  return 1;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws IOException {
    check();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = spec.commandLine().getErr();
    Matrix matrix = new Matrix(progress);
    List<Contestant> contestants = contestants();
    List<Corpus> corpora = corpora(progress);
    for (Corpus corpus : corpora) {
      cells(corpus).forEach(cell -> addAll(matrix, contestants, cell));
    }
    matrix.obstacles().forEach(progress::println);
    int rounds = runs != null ? runs : quick ? 1 : MEDIAN_RUNS;
    for (int round = 1; round <= rounds; round++) {
      matrix.round(round, rounds);
      // After every round, so that a run that is broken off leaves what it has.
      if (json != null) {
        Report.write(matrix.rows(), json);
      }
    }
    out.printf(
        "Medians of %d run(s)%s%n%n",
        rounds, rounds < MEDIAN_RUNS ? ": too few for figures to quote, which take 5 or more" : "");
    Report.print(matrix.rows(), out);
    matrix.obstacles().forEach(out::println);
    matrix.failures().forEach(out::println);
    out.flush();
    return matrix.failures().isEmpty() ? 0 : 1;
  }

  private void check() {
    if (documents < 1 || documents > MOST_DOCUMENTS) {
      throw wrong("--documents must be from 1 to 1000000; found " + documents);
    }
    List<Integer> counts = new ArrayList<>(threads);
    counts.addAll(dimensions());
    counts.addAll(List.of(dl4jDocuments, dl4jEpochs));
    counts.add(runs == null ? 1 : runs);
    counts.add(epochs == null ? 1 : epochs);
    if (counts.stream().anyMatch(count -> count < 1)) {
      throw wrong("--threads, --dims, --runs, --epochs and those of --dl4j must be at least 1");
    }
    for (String name : datasets()) {
      if (!name.equals(Corpus.GENERATED) && data == null) {
        throw wrong("Data set '%s' needs --data, the folder it is in".formatted(name));
      }
      if (!name.equals(Corpus.GENERATED)
          && !Files.isReadable(data.resolve(name).resolve("train.txt"))) {
        throw wrong(
            "Data set '%s': there is no %s"
                .formatted(name, data.resolve(name).resolve("train.txt")));
      }
    }
    try {
      labels().forEach(AgeLabels::new);
      pooling.forEach(Network::of);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
    if (json != null && Files.isDirectory(json)) {
      throw wrong("--json needs a file; %s is a folder".formatted(json));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private List<String> datasets() {
    if (datasets != null) {
      return datasets;
    }
    return data == null || quick
        ? List.of(Corpus.GENERATED)
        : List.of(Corpus.GENERATED, "imdb_polarity", "blog_age_posts");
  }

  private List<Integer> labels() {
    return labels != null ? labels : quick ? List.of(105) : List.of(10, 105);
  }

  private List<Integer> dimensions() {
    return dimensions != null ? dimensions : quick ? List.of(80) : List.of(16, 80, 128);
  }

  private Path root() {
    return Path.of(System.getProperty("meanmax.root", "")).toAbsolutePath();
  }

  private Path work() {
    return work != null ? work.toAbsolutePath() : root().resolve("work").resolve("benchmark");
  }

  private List<Corpus> corpora(PrintWriter progress) throws IOException {
    Corpora corpora = new Corpora(root().resolve("scripts").resolve("meanmax"), work(), epochs);
    List<Corpus> all = new ArrayList<>();
    for (String name : datasets()) {
      progress.println("preparing " + name);
      progress.flush();
      if (name.equals(Corpus.GENERATED)) {
        for (int count : labels()) {
          all.add(corpora.synthetic(documents, count));
        }
      } else {
        all.add(corpora.real(data, name, characters.contains(name)));
      }
    }
    for (Corpus corpus : all) {
      progress.printf(
          "%s: %,d documents, %,d words, %d labels, %d epochs%n",
          corpus.name(), corpus.documents(), corpus.words(), corpus.labels(), corpus.epochs());
    }
    return all;
  }

  private List<Contestant> contestants() {
    Options options = new Options(work(), heap, settings, dl4jDocuments, dl4jEpochs);
    List<Contestant> all =
        List.of(
            new MeanMaxContestant(MeanMaxContestant.Trainer.SPARSE, options),
            new FastTextContestant(options),
            new RooflineContestant(options),
            new MeanMaxContestant(MeanMaxContestant.Trainer.DL4J, options),
            new MllibContestant(options));
    if (systems == null) {
      return quick ? withoutMllib(all) : all;
    }
    List<String> known = all.stream().map(Contestant::name).toList();
    for (String system : systems) {
      if (!known.contains(system)) {
        throw wrong("Unknown system '%s'; there are %s".formatted(system, known));
      }
    }
    return all.stream().filter(contestant -> systems.contains(contestant.name())).toList();
  }

  /**
   * MLlib's logistic regression takes ten minutes for 105 labels, which no quick look waits for.
   */
  private static List<Contestant> withoutMllib(List<Contestant> all) {
    return all.stream().filter(contestant -> !(contestant instanceof MllibContestant)).toList();
  }

  private List<Cell> cells(Corpus corpus) {
    List<Cell> cells = new ArrayList<>();
    for (int dimension : dimensions()) {
      for (int count : threads) {
        for (String network : pooling) {
          cells.add(new Cell(corpus, dimension, count, Network.of(network)));
        }
      }
    }
    return cells;
  }

  private void addAll(Matrix matrix, List<Contestant> contestants, Cell cell) {
    for (Contestant contestant : contestants) {
      if (!quick || !contestant.isSlow() || isLast(cell)) {
        matrix.add(contestant, cell);
      }
    }
  }

  private boolean isLast(Cell cell) {
    return cell.threads() == threads.get(threads.size() - 1)
        && cell.network() == Network.of(pooling.get(pooling.size() - 1));
  }
}
