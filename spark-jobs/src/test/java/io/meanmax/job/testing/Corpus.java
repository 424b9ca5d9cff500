package io.meanmax.job.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small generated corpora as fastText lines. */
public final class Corpus {
  private static final List<String> LABELS = List.of("sport", "music", "food");
  private static final int OWN_WORDS = 6;
  private static final int NOISE_WORDS = 10;

  private Corpus() {}

  /** Documents of three labels, each with words of its own beside words that all share. */
  public static List<String> lines(int documents, long seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      String label = LABELS.get(Math.min(2, random.nextInt(4)));
      StringBuilder line = new StringBuilder("__label__").append(label);
      int words = 3 + random.nextInt(5);
      for (int word = 0; word < words; word++) {
        line.append(' ')
            .append(
                random.nextInt(3) == 0
                    ? "noise" + random.nextInt(NOISE_WORDS)
                    : label + random.nextInt(OWN_WORDS));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** Such documents, and spread among them lines that every stage rejects: a label, no text. */
  public static List<String> lines(int documents, int rejected, long seed) {
    List<String> lines = new ArrayList<>(lines(documents, seed));
    for (int i = 0; i < rejected; i++) {
      lines.add(i * documents / rejected, "__label__sport");
    }
    return lines;
  }

  /** Writes lines into a file and gives its path. */
  public static String write(Path file, List<String> lines) {
    return write(file, String.join("\n", lines) + "\n");
  }

  /** Writes text as UTF-8 into a file and gives its path. */
  public static String write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the lines as this many files into a folder, dealt out in turn. */
  public static String writeFiles(Path folder, List<String> lines, int files) {
    for (int file = 0; file < files; file++) {
      List<String> part = new ArrayList<>();
      for (int line = file; line < lines.size(); line += files) {
        part.add(lines.get(line));
      }
      write(folder.resolve("part-" + file + ".txt"), part);
    }
    return folder.toString();
  }
}
