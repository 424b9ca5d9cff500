package io.meanmax.sparse;

import io.meanmax.encoding.EncodedExamples;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * The words of a file of fastText lines as ids by count, as the vocabulary gives them.
 *
 * @param examples the lines; all labels are 0
 * @param vocabularySize rows that a table for them has, PAD and UNK included
 * @param labels how many different first words the lines have
 */
public record FileOfWords(EncodedExamples examples, int vocabularySize, int labels) {
  private static final int RESERVED_IDS = 2;

  /** Reads a file. */
  public static FileOfWords read(Path file) throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    Set<String> labels = new HashSet<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        StringTokenizer words = new StringTokenizer(line);
        labels.add(words.nextToken());
        while (words.hasMoreTokens()) {
          counts.merge(words.nextToken(), 1, Integer::sum);
        }
      }
    }
    Map<String, Integer> ids = ids(counts);
    return new FileOfWords(examples(file, ids), ids.size() + RESERVED_IDS, labels.size());
  }

  private static Map<String, Integer> ids(Map<String, Integer> counts) {
    List<String> byCount = new ArrayList<>(counts.keySet());
    byCount.sort(
        Comparator.<String>comparingInt(counts::get)
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    Map<String, Integer> ids = new HashMap<>();
    for (String word : byCount) {
      ids.put(word, ids.size() + RESERVED_IDS);
    }
    return ids;
  }

  private static EncodedExamples examples(Path file, Map<String, Integer> ids) throws IOException {
    EncodedExamples.Builder builder = new EncodedExamples.Builder();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        StringTokenizer words = new StringTokenizer(line);
        words.nextToken();
        int[] features = new int[words.countTokens()];
        for (int i = 0; i < features.length; i++) {
          features[i] = ids.get(words.nextToken());
        }
        if (features.length > 0) {
          builder.add(features, 0, 1);
        }
      }
    }
    return builder.build();
  }
}
