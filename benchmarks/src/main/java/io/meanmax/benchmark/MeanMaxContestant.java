package io.meanmax.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** MeanMax with one of its trainers, from raw text to the model bundle in one process. */
final class MeanMaxContestant implements Contestant {
  private static final Pattern EPOCH =
      Pattern.compile("epoch \\d+/\\d+: loss .* ([\\d,]+) words/s");

  /** What fastText does by itself, so that both see the same features and weigh alike. */
  private static final List<String> AS_FASTTEXT =
      List.of(
          "tokenizer.kind=whitespace",
          "tokenizer.normalization=none",
          "tokenizer.lower-case=false",
          "vocabulary.min-count=1",
          "vocabulary.label-weights=none",
          "encode.max-tokens=1000000",
          "train.validation-fraction=0",
          "train.patience=0",
          "train.workers=1",
          "score.top=1");

  /** DL4J pays for the whole table in every step: with steps of 32 examples it would crawl. */
  private static final List<String> DL4J = List.of("train.trainer=dl4j", "train.batch-size=1024");

  private final Trainer trainer;
  private final Options options;

  /** Which trainer. */
  enum Trainer {
    SPARSE,
    DL4J
  }

  MeanMaxContestant(Trainer trainer, Options options) {
    this.trainer = trainer;
    this.options = options;
  }

  @Override
  public String name() {
    return trainer == Trainer.SPARSE ? "meanmax-sparse" : "meanmax-dl4j";
  }

  @Override
  public boolean isSlow() {
    return trainer == Trainer.DL4J;
  }

  @Override
  public Optional<String> obstacle(Cell cell) {
    return Optional.empty();
  }

  @Override
  public Cell relevant(Cell cell) {
    return cell;
  }

  private boolean samples(Cell cell) {
    return trainer == Trainer.DL4J && cell.corpus().documents() > options.dl4jDocuments();
  }

  @Override
  public Optional<String> note(Cell cell) {
    if (!samples(cell)) {
      return Optional.empty();
    }
    return Optional.of(
        ("trained on %,d of the %,d documents, %d epoch(s), with the vocabulary of all: it is too"
                + " slow for more, so wall time, peak and accuracy are left out")
            .formatted(options.dl4jDocuments(), cell.corpus().documents(), options.dl4jEpochs()));
  }

  @Override
  public Measurement measure(Cell cell) throws IOException {
    Path folder = options.freshFolder(name());
    List<String> settings = new ArrayList<>(AS_FASTTEXT);
    Corpus corpus = cell.corpus();
    boolean samples = samples(cell);
    settings.add("input.path=" + corpus.train());
    settings.add("input.format=fasttext");
    settings.add("models.path=" + folder.resolve("models"));
    settings.add("models.name=benchmark");
    settings.add("output.path=" + folder.resolve("stages"));
    settings.add("network.dimension=" + cell.dimension());
    settings.add("network.pooling=" + cell.network().pooling());
    settings.add("network.dense=" + cell.network().dense());
    settings.add("train.threads-per-worker=" + cell.threads());
    settings.add("train.epochs=" + (samples ? options.dl4jEpochs() : corpus.epochs()));
    List<String> args = new ArrayList<>(List.of("--master", "local[" + cell.threads() + "]"));
    if (trainer == Trainer.SPARSE) {
      settings.add("train.trainer=sparse");
      args.addAll(List.of("--score", corpus.train().toString()));
    } else {
      settings.addAll(DL4J);
    }
    if (samples) {
      args.addAll(List.of("--sample", sample(corpus, folder).toString()));
    } else {
      settings.add("input.test=" + corpus.test());
    }
    settings.addAll(options.settings());
    settings.forEach(setting -> args.addAll(List.of("--set", setting)));
    ChildJvm.Answer answer =
        ChildJvm.run(
            folder,
            options.heap(),
            Map.of("OMP_NUM_THREADS", Integer.toString(cell.threads())),
            MeanMaxProcess.class.getName(),
            args);
    Measurement measured = figures(answer, cell.threads());
    options.delete(folder);
    return samples ? measured.only(Figure.WORDS_PER_SECOND_PER_THREAD) : measured;
  }

  private Path sample(Corpus corpus, Path folder) throws IOException {
    Path sample = folder.resolve("sample.txt");
    try (Stream<String> lines = Files.lines(corpus.train())) {
      Files.write(sample, lines.limit(options.dl4jDocuments()).toList());
    }
    return sample;
  }

  /** The speed of each epoch is what the trainer tells its user. */
  private Measurement figures(ChildJvm.Answer answer, int threads) throws IOException {
    List<Double> epochs =
        EPOCH
            .matcher(answer.log())
            .results()
            .map((MatchResult found) -> Double.valueOf(found.group(1).replace(",", "")))
            .toList();
    if (epochs.isEmpty()) {
      throw new IOException(name() + " told no epoch's words/s");
    }
    Map<Figure, Double> speeds = new EnumMap<>(Figure.class);
    speeds.put(Figure.WORDS_PER_SECOND_PER_THREAD, Measurement.rate(epochs) / threads);
    if (epochs.size() > 1) {
      speeds.put(
          Figure.STEADY_WORDS_PER_SECOND_PER_THREAD,
          Measurement.rate(epochs.subList(1, epochs.size())) / threads);
    }
    return Measurement.of(answer.figures()).with(speeds);
  }
}
