package io.meanmax.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the files that all systems read. A file that is there already is not made again. */
final class Corpora {
  private static final int SYNTHETIC_EPOCHS = 3;
  private static final double SYNTHETIC_RATE = 0.1;
  private static final int REAL_EPOCHS = 10;
  private static final double REAL_RATE = 0.5;
  private static final int MOST_TEST_DOCUMENTS = 10_000;
  private static final String LABEL = "__label__";
  private static final int SHUFFLE_SEED = 1;

  private final Path meanmax;
  private final Path work;
  private final Integer epochs;

  /**
   * Corpora in a folder.
   *
   * @param meanmax the script that generates
   * @param epochs passes over every corpus, or null for those of its kind
   */
  Corpora(Path meanmax, Path work, Integer epochs) {
    this.meanmax = meanmax;
    this.work = work;
    this.epochs = epochs;
  }

  /**
   * The generated corpus: 75 words a document in the mean, word frequencies by Zipf's law over
   * 232,620 words, labels made of the ages by {@link AgeLabels}; a tenth as many documents, at most
   * 10,000, to test on.
   */
  Corpus synthetic(int documents, int labels) throws IOException {
    Path folder = work.resolve("corpora").resolve("synthetic-" + documents);
    Path lines = folder.resolve("generated.txt");
    int tests = Math.max(1, Math.min(MOST_TEST_DOCUMENTS, documents / 10));
    if (!Files.exists(lines)) {
      generate(folder, lines, documents + tests);
    }
    Path train = folder.resolve("train-" + labels + ".txt");
    Path test = folder.resolve("test-" + labels + ".txt");
    if (!Files.exists(test)) {
      relabel(lines, documents, new AgeLabels(labels), train, test);
    }
    return corpus(Corpus.GENERATED, labels, train, test, SYNTHETIC_EPOCHS, SYNTHETIC_RATE);
  }

  private void generate(Path folder, Path lines, int documents) throws IOException {
    Path parts = folder.resolve("parts");
    Job.run(
        folder,
        Map.of(),
        List.of(
            meanmax.toString(),
            "generate",
            "--output",
            parts.toString(),
            "--documents",
            Integer.toString(documents),
            "--overwrite",
            "--set",
            "generate.vocabulary-size=232620",
            "--set",
            // Lengths are log-normal with σ = 0.8: cut at 200, their mean is 75. A longer tail
            // would be
            // unfair to DL4J, which pads every document of a batch to the longest.
            "generate.median-length=59",
            "--set",
            "generate.max-length=200"));
    Path whole = folder.resolve("generated.tmp");
    Files.deleteIfExists(whole);
    Files.createFile(whole);
    try (Stream<Path> files = Files.list(parts)) {
      for (Path part :
          files
              .filter(file -> file.getFileName().toString().startsWith("part-"))
              .sorted()
              .toList()) {
        try (var out = Files.newOutputStream(whole, java.nio.file.StandardOpenOption.APPEND)) {
          Files.copy(part, out);
        }
      }
    }
    Files.move(whole, lines);
  }

  private static void relabel(Path lines, int documents, AgeLabels labels, Path train, Path test)
      throws IOException {
    Path unfinished = test.resolveSibling("test.tmp");
    try (BufferedReader in = Files.newBufferedReader(lines);
        BufferedWriter trainOut = Files.newBufferedWriter(train);
        BufferedWriter testOut = Files.newBufferedWriter(unfinished)) {
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int space = line.indexOf(' ');
        int age = Integer.parseInt(line.substring(LABEL.length(), space));
        BufferedWriter out = number < documents ? trainOut : testOut;
        out.write(LABEL + labels.of(age, number) + line.substring(space) + "\n");
        number++;
      }
    }
    Files.move(unfinished, test);
  }

  /**
   * A data set in fastText's format. Its training lines are shuffled, because fastText takes them
   * as they come.
   *
   * @param data folder that holds {@code <name>/train.txt} and {@code <name>/test.txt}
   * @param characters whether each character is to be a word
   */
  Corpus real(Path data, String name, boolean characters) throws IOException {
    Path folder = work.resolve("corpora").resolve(characters ? name + "-characters" : name);
    Path train = folder.resolve("train.txt");
    Path test = folder.resolve("test.txt");
    if (!Files.exists(train)) {
      Files.createDirectories(folder);
      Files.write(test, lines(data.resolve(name).resolve("test.txt"), characters));
      List<String> lines = lines(data.resolve(name).resolve("train.txt"), characters);
      Collections.shuffle(lines, new Random(SHUFFLE_SEED));
      Files.write(train, lines);
    }
    return corpus(folder.getFileName().toString(), null, train, test, REAL_EPOCHS, REAL_RATE);
  }

  private static List<String> lines(Path file, boolean characters) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    if (characters) {
      lines.replaceAll(Corpora::split);
    }
    return lines;
  }

  private static String split(String line) {
    int space = Math.max(0, line.indexOf(' '));
    String spaced =
        line.substring(space)
            .codePoints()
            .filter(c -> !Character.isWhitespace(c))
            .mapToObj(Character::toString)
            .collect(Collectors.joining(" "));
    return line.substring(0, space) + " " + spaced;
  }

  /** Counts documents and words, and the labels where it is not known how many there are. */
  private Corpus corpus(
      String name, Integer labels, Path train, Path test, int usualEpochs, double rate)
      throws IOException {
    long documents = 0;
    long words = 0;
    Set<String> found = new HashSet<>();
    try (BufferedReader in = Files.newBufferedReader(train)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] tokens = line.split("\\s+", -1);
        found.add(tokens[0]);
        documents++;
        words += tokens.length - 1;
      }
    }
    return new Corpus(
        name,
        labels == null ? found.size() : labels,
        train,
        test,
        documents,
        words,
        epochs == null ? usualEpochs : epochs,
        rate);
  }
}
