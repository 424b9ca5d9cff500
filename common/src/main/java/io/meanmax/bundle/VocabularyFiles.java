package io.meanmax.bundle;

import io.meanmax.vocabulary.Labels;
import io.meanmax.vocabulary.Vocabulary;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The text files of vocabulary and labels, one entry a line; see {@link TabSeparated}. */
public final class VocabularyFiles {
  private static final int COLUMNS = 4;

  private VocabularyFiles() {}

  /** Writes {@code id, token, count, document count}; closes the stream. */
  public static void write(Vocabulary vocabulary, OutputStream out) throws IOException {
    try (Writer writer = writer(out)) {
      for (int id = 0; id < vocabulary.size(); id++) {
        Vocabulary.Entry entry = vocabulary.entries().get(id);
        line(writer, id, entry.token(), entry.count(), entry.documentCount());
      }
    }
  }

  /** Writes {@code id, label, count, weight}; closes the stream. */
  public static void write(Labels labels, OutputStream out) throws IOException {
    try (Writer writer = writer(out)) {
      for (int id = 0; id < labels.size(); id++) {
        Labels.Entry entry = labels.entries().get(id);
        line(writer, id, entry.label(), entry.count(), entry.weight());
      }
    }
  }

  private static Writer writer(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  private static void line(Writer writer, int id, String text, Number count, Number last)
      throws IOException {
    writer.write(
        TabSeparated.line(Integer.toString(id), text, String.valueOf(count), String.valueOf(last)));
    writer.write('\n');
  }

  /** SHA-256 of the vocabulary's file, in hexadecimal. */
  public static String hash(Vocabulary vocabulary) {
    return hash(out -> write(vocabulary, out));
  }

  /** SHA-256 of the vocabulary's file and the labels' after it: what encoded data depends on. */
  public static String hash(Vocabulary vocabulary, Labels labels) {
    return hash(out -> write(vocabulary, out), out -> write(labels, out));
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static String hash(Content... contents) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Content content : contents) {
        content.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a vocabulary; closes the stream.
   *
   * @throws BundleException if a line is malformed, or stands twice
   */
  public static Vocabulary vocabulary(InputStream in) throws IOException {
    List<Vocabulary.Entry> entries = new ArrayList<>();
    for (String[] fields : lines(in, Bundle.VOCABULARY)) {
      String where = Bundle.VOCABULARY + " line " + (entries.size() + 1);
      entries.add(
          new Vocabulary.Entry(fields[1], count(fields[2], where), count(fields[3], where)));
    }
    try {
      return Vocabulary.of(entries);
    } catch (IllegalArgumentException e) {
      throw new BundleException(Bundle.VOCABULARY + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads labels; closes the stream.
   *
   * @throws BundleException if a line is malformed, or stands twice
   */
  public static Labels labels(InputStream in) throws IOException {
    List<Labels.Entry> entries = new ArrayList<>();
    for (String[] fields : lines(in, Bundle.LABELS)) {
      String where = Bundle.LABELS + " line " + (entries.size() + 1);
      entries.add(new Labels.Entry(fields[1], count(fields[2], where), number(fields[3], where)));
    }
    try {
      return Labels.of(entries);
    } catch (IllegalArgumentException e) {
      throw new BundleException(Bundle.LABELS + ": " + e.getMessage(), e);
    }
  }

  private static List<String[]> lines(InputStream in, String file) throws IOException {
    List<String[]> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String where = file + " line " + (lines.size() + 1);
        String[] fields = TabSeparated.fields(line, COLUMNS, where);
        if (count(fields[0], where) != lines.size()) {
          throw new BundleException(
              "%s: expected id %d, found %s".formatted(where, lines.size(), fields[0]));
        }
        lines.add(fields);
      }
    }
    return lines;
  }

  private static long count(String field, String where) {
    long count = -1;
    try {
      count = Long.parseLong(field);
    } catch (NumberFormatException e) {
      // The message below says it all.
    }
    if (count < 0) {
      throw new BundleException(where + ": '" + field + "' is not a whole number from 0");
    }
    return count;
  }

  private static double number(String field, String where) {
    double number = -1;
    try {
      number = Double.parseDouble(field);
    } catch (NumberFormatException e) {
      // The message below says it all.
    }
    if (!(number >= 0 && number <= Double.MAX_VALUE)) {
      throw new BundleException(where + ": '" + field + "' is not a number from 0");
    }
    return number;
  }
}
