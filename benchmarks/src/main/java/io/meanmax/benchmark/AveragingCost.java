package io.meanmax.benchmark;

import io.meanmax.benchmark.RoundCost.Sizes;
import io.meanmax.benchmark.RoundCost.Way;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import io.meanmax.sparse.ExchangeSpeed;
import io.meanmax.sparse.FileOfWords;
import io.meanmax.sparse.ModelChange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code scripts/benchmark --averaging}. */
@Command(
    name = "benchmark --averaging",
    description =
        "Works out what averaging costs with 2 to 256 workers: rows touched are counted in a file of"
            + " fastText lines, merging and serialising are measured here, the network is assumed.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class AveragingCost implements Callable<Integer> {
  private static final List<Integer> WORKERS = List.of(2, 4, 8, 16, 32, 64, 128, 256);
  private static final int MEASURED_WORKERS = 8;
  private static final double MIB = 1 << 20;
  private static final double BYTES_A_GIGABIT = 1e9 / 8;

  /** Vectors with Adagrad's state of each component, and id and state of the row. */
  private static final int FLOATS_BESIDE = 2;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "fastText lines.")
  private Path file;

  @Option(names = "--dimension", description = "Length of a word vector (${DEFAULT-VALUE}).")
  private int dimension = 80;

  @Option(names = "--rounds", description = "Rounds an epoch (${DEFAULT-VALUE}).")
  private int rounds = 16;

  @Option(
      names = "--times",
      split = ",",
      description =
          "Work it out for a corpus so many times as long, of the same vocabulary"
              + " (${DEFAULT-VALUE}).")
  private List<Double> times = List.of(1.0, 100.0);

  @Option(
      names = "--gigabits",
      split = ",",
      description = "Bandwidths of a machine's network (${DEFAULT-VALUE}).")
  private List<Double> gigabits = List.of(1.0, 10.0, 25.0);

  @Option(
      names = "--words-per-second",
      description = "What a worker trains, with all its threads (${DEFAULT-VALUE}).")
  private double wordsPerSecond = 10_000_000;

  @Option(
      names = "--stage-seconds",
      description = "What Spark takes to start and end a stage (${DEFAULT-VALUE}).")
  private double stageSeconds = 0.05;

  @Option(names = "--plot", paramLabel = "FILE.png", description = "Draw the last corpus.")
  private Path plot;

  private FileOfWords words;
  private TouchedRows touched;

  /** Works it out; the tables go to standard output as Markdown. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new AveragingCost()).execute(args));
  }

  @Override
  public Integer call() throws IOException, ClassNotFoundException {
    PrintWriter out = spec.commandLine().getOut();
    words = FileOfWords.read(file);
    touched = new TouchedRows(words.examples(), words.vocabularySize());
    ExchangeSpeed speed = ExchangeSpeed.measure(network(), measuredRows());
    tell(out, speed);
    for (double factor : times) {
      List<Sizes> sizes = WORKERS.stream().map(workers -> sizes(workers, factor)).toList();
      tellRows(out, factor, sizes);
      Map<String, List<Double>> epochs = epochs(speed, factor, sizes);
      tellEpochs(out, epochs);
      if (plot != null && factor == times.get(times.size() - 1)) {
        AveragingPlot.write(plot, total(factor), WORKERS, epochs);
      }
    }
    out.flush();
    return 0;
  }

  private NetworkSpec network() {
    return new NetworkSpec(
        words.vocabularySize(),
        dimension,
        new Pooling.MeanMax(),
        List.of(),
        new Output.Softmax(words.labels()));
  }

  private double total(double factor) {
    return factor * words.examples().words();
  }

  /** The rows of some workers in a round of the corpus as it is. */
  private List<int[]> measuredRows() {
    double share = (double) words.examples().words() / rounds / MEASURED_WORKERS;
    return IntStream.range(0, MEASURED_WORKERS)
        .map(worker -> words.examples().size() / MEASURED_WORKERS * worker)
        .mapToObj(first -> touched.rows(first, share))
        .toList();
  }

  private Sizes sizes(int workers, double factor) {
    double round = total(factor) / rounds;
    double share = round / workers;
    double fanIn = Math.ceil(Math.sqrt(workers));
    return new Sizes(workers, bytes(share), bytes(share * fanIn), bytes(round));
  }

  private double bytes(double wordsTrained) {
    return touched.of(wordsTrained) * bytesOfRow() + bytesOfLayer();
  }

  private double bytesOfRow() {
    return Float.BYTES * (2.0 * dimension + FLOATS_BESIDE);
  }

  private double bytesOfLayer() {
    NetworkSpec network = network();
    return 2.0 * Float.BYTES * (network.pooledWidth() + 1) * network.output().units();
  }

  /** Seconds an epoch by what the column is called: training alone, then each way and bandwidth. */
  private Map<String, List<Double>> epochs(ExchangeSpeed speed, double factor, List<Sizes> sizes) {
    Map<String, List<Double>> epochs = new LinkedHashMap<>();
    epochs.put("training alone", sizes.stream().map(s -> training(factor, s)).toList());
    for (Way way : Way.values()) {
      for (double gigabit : gigabits) {
        RoundCost cost =
            new RoundCost(
                speed,
                gigabit * BYTES_A_GIGABIT,
                stageSeconds,
                ModelChange.bytesOfPiece((long) (words.vocabularySize() * bytesOfRow())));
        List<Double> seconds = new ArrayList<>();
        for (Sizes size : sizes) {
          seconds.add(training(factor, size) + rounds * cost.seconds(way, size));
        }
        String name = way.name().toLowerCase(Locale.ROOT);
        epochs.put("%s, %.0f Gbit/s".formatted(name, gigabit), seconds);
      }
    }
    return epochs;
  }

  private double training(double factor, Sizes sizes) {
    return total(factor) / sizes.workers() / wordsPerSecond;
  }

  private void tell(PrintWriter out, ExchangeSpeed speed) {
    out.printf(
        Locale.ROOT,
        "%,d words, %,d rows, %d labels, d = %d; a worker trains %,.0f words/s; %d rounds an"
            + " epoch%n%n",
        words.examples().words(),
        words.vocabularySize(),
        words.labels(),
        dimension,
        wordsPerSecond,
        rounds);
    out.printf("| one thread, MiB/s | |%n|---|---|%n");
    Map<String, Double> speeds = new LinkedHashMap<>();
    speeds.put("take touched rows", speed.take());
    speeds.put("serialise", speed.serialize());
    speeds.put("deserialise", speed.deserialize());
    speeds.put("compress (LZ4)", speed.compress());
    speeds.put("decompress", speed.decompress());
    speeds.put("merge", speed.merge());
    speeds.put("apply", speed.apply());
    speeds.forEach((name, value) -> out.printf(Locale.ROOT, "| %s | %,.0f |%n", name, value / MIB));
  }

  private void tellRows(PrintWriter out, double factor, List<Sizes> sizes) {
    out.printf(
        Locale.ROOT,
        "%n%,.0f words an epoch:%n%n"
            + "| workers | words a worker and round | its rows | MiB up, each | rows of all | MiB"
            + " down |%n|---|---|---|---|---|---|%n",
        total(factor));
    for (Sizes size : sizes) {
      out.printf(
          Locale.ROOT,
          "| %d | %,.0f | %,.0f | %,.1f | %,.0f | %,.1f |%n",
          size.workers(),
          total(factor) / rounds / size.workers(),
          (size.up() - bytesOfLayer()) / bytesOfRow(),
          size.up() / MIB,
          (size.down() - bytesOfLayer()) / bytesOfRow(),
          size.down() / MIB);
    }
  }

  private void tellEpochs(PrintWriter out, Map<String, List<Double>> epochs) {
    out.printf("%n| seconds an epoch, workers: |");
    WORKERS.forEach(workers -> out.printf(" %d |", workers));
    out.printf("%n|---|%s%n", "---|".repeat(WORKERS.size()));
    epochs.forEach(
        (name, seconds) -> {
          out.printf("| %s |", name);
          seconds.forEach(value -> out.printf(Locale.ROOT, " %,.2f |", value));
          out.println();
        });
  }
}
