package io.meanmax.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code fasttext} command, unigrams and softmax; its only network is the mean. */
final class FastTextContestant implements Contestant {
  private static final String COMMAND = "fasttext";
  private static final Pattern SPEED = Pattern.compile("words/sec/thread:\\s*(\\d+)");

  private final Options options;

  FastTextContestant(Options options) {
    this.options = options;
  }

  @Override
  public String name() {
    return COMMAND;
  }

  @Override
  public boolean isSlow() {
    return false;
  }

  @Override
  public Optional<String> obstacle(Cell cell) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, COMMAND))) {
        return Optional.empty();
      }
    }
    return Optional.of("there is no fasttext on the PATH");
  }

  @Override
  public Cell relevant(Cell cell) {
    return cell.with(Network.MEAN);
  }

  @Override
  public Optional<String> note(Cell cell) {
    return Optional.empty();
  }

  @Override
  public Measurement measure(Cell cell) throws IOException {
    Path folder = options.freshFolder(name());
    Corpus corpus = cell.corpus();
    Path model = folder.resolve("model");
    Job train =
        Job.run(
            folder,
            Map.of(),
            List.of(
                COMMAND,
                "supervised",
                "-input",
                corpus.train().toString(),
                "-output",
                model.toString(),
                "-dim",
                cell.dimension().toString(),
                "-lr",
                Double.toString(corpus.fastTextRate()),
                "-epoch",
                Integer.toString(corpus.epochs()),
                "-minCount",
                "1",
                "-loss",
                "softmax",
                "-thread",
                Integer.toString(cell.threads())));
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.WORDS_PER_SECOND_PER_THREAD, speed(train.log()));
    figures.put(Figure.WALL_SECONDS, train.wallSeconds());
    if (Double.isFinite(train.peakMib())) {
      figures.put(Figure.PEAK_MIB, train.peakMib());
    }
    Path binary = folder.resolve("model.bin");
    figures.put(
        Figure.ACCURACY,
        accuracy(corpus.test(), predict(folder.resolve("test"), binary, corpus.test()).output()));
    double scored = documentsPerSecond(folder, binary, corpus);
    if (scored > 0) {
      figures.put(Figure.DOCUMENTS_PER_SECOND, scored);
    }
    options.delete(folder);
    return new Measurement(figures);
  }

  /** What its progress line says last, which is over the whole training. */
  private static double speed(String log) throws IOException {
    Matcher found = SPEED.matcher(log);
    double last = Double.NaN;
    while (found.find()) {
      last = Double.parseDouble(found.group(1));
    }
    if (Double.isNaN(last)) {
      throw new IOException("fasttext told no words/sec/thread");
    }
    return last;
  }

  private static Job predict(Path folder, Path model, Path documents) throws IOException {
    return Job.run(
        folder, Map.of(), List.of(COMMAND, "predict", model.toString(), documents.toString(), "1"));
  }

  /** The time of one document is that of loading the model; negative where that is all there is. */
  private static double documentsPerSecond(Path folder, Path model, Corpus corpus)
      throws IOException {
    Path one = folder.resolve("one.txt");
    try (BufferedReader lines = Files.newBufferedReader(corpus.train())) {
      Files.writeString(one, lines.readLine() + "\n");
    }
    double start = predict(folder.resolve("one"), model, one).wallSeconds();
    double all = predict(folder.resolve("all"), model, corpus.train()).wallSeconds();
    return (corpus.documents() - 1) / (all - start);
  }

  /** {@code fasttext test} rounds to three digits; we count ourselves. */
  private static double accuracy(Path test, Path predictions) throws IOException {
    List<String> predicted = Files.readAllLines(predictions);
    List<String> right = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(test)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        right.add(line.substring(0, (line + " ").indexOf(' ')));
      }
    }
    if (predicted.size() != right.size()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "fasttext predicted %d labels for the %d lines of %s",
              predicted.size(),
              right.size(),
              test));
    }
    int hits = 0;
    for (int i = 0; i < right.size(); i++) {
      if (predicted.get(i).equals(right.get(i))) {
        hits++;
      }
    }
    return (double) hits / right.size();
  }
}
