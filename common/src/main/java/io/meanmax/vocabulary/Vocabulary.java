package io.meanmax.vocabulary;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The tokens a model knows and their ids: 0 is PAD, 1 is UNK, then by count descending, ties by
 * token in the order of its UTF-8 bytes. Immutable and thread-safe.
 */
public final class Vocabulary implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /** Id of the padding token, which never touches a result. */
  public static final int PAD = 0;

  /** Id that stands for a document without a known token. */
  public static final int UNK = 1;

  /** How PAD and UNK are written. A token of the same spelling keeps an id of its own. */
  static final String PAD_TOKEN = "<pad>";

  static final String UNK_TOKEN = "<unk>";
  private static final int RESERVED = 2;

  /**
   * One token.
   *
   * @param token the text
   * @param count occurrences in the training documents; of UNK: those of all tokens without an id
   * @param documentCount training documents that hold it; of UNK: 0, it is not counted
   */
  public record Entry(String token, long count, long documentCount)
      implements java.io.Serializable {}

  private final TokenIndex known;
  private final long[] counts;
  private final long[] documentCounts;

  private Vocabulary(List<Entry> entries) {
    this.known = new TokenIndex();
    this.counts = entries.stream().mapToLong(Entry::count).toArray();
    this.documentCounts = entries.stream().mapToLong(Entry::documentCount).toArray();
    for (int id = RESERVED; id < counts.length; id++) {
      byte[] token = entries.get(id).token().getBytes(StandardCharsets.UTF_8);
      int given = known.add(token, 0, token.length) + RESERVED;
      if (given != id) {
        throw new IllegalArgumentException(
            "Token '%s' stands twice in the vocabulary, with the ids %d and %d"
                .formatted(entries.get(id).token(), given, id));
      }
    }
  }

  /**
   * A vocabulary of known tokens.
   *
   * @param entries by id, PAD and UNK included
   * @throws IllegalArgumentException if the first two are not PAD and UNK, or a token stands twice
   */
  public static Vocabulary of(List<Entry> entries) {
    if (entries.size() < RESERVED
        || !entries.get(PAD).token().equals(PAD_TOKEN)
        || !entries.get(UNK).token().equals(UNK_TOKEN)) {
      throw new IllegalArgumentException("A vocabulary begins with <pad> and <unk>");
    }
    return new Vocabulary(entries);
  }

  /** PAD's entry. */
  public static Entry padEntry() {
    return new Entry(PAD_TOKEN, 0, 0);
  }

  /**
   * UNK's entry.
   *
   * @param count occurrences of tokens that got no id
   */
  public static Entry unknownEntry(long count) {
    return new Entry(UNK_TOKEN, count, 0);
  }

  /** How many ids there are, PAD and UNK included. */
  public int size() {
    return counts.length;
  }

  /** The id of a token, or {@link #UNK} if it has none. */
  public int id(String token) {
    return idOf(known.find(token));
  }

  /** The id of the token whose UTF-8 is {@code bytes[from .. from + length)}, or {@link #UNK}. */
  public int id(byte[] bytes, int from, int length) {
    return idOf(known.find(bytes, from, length));
  }

  private static int idOf(int number) {
    return number == TokenIndex.ABSENT ? UNK : number + RESERVED;
  }

  /** The token of an id. */
  public String token(int id) {
    return switch (id) {
      case PAD -> PAD_TOKEN;
      case UNK -> UNK_TOKEN;
      default -> known.token(id - RESERVED);
    };
  }

  /** All entries by id, each made when it is asked for. */
  public List<Entry> entries() {
    return new Entries();
  }

  private final class Entries extends AbstractList<Entry> implements RandomAccess {
    @Override
    public Entry get(int id) {
      return new Entry(token(id), counts[id], documentCounts[id]);
    }

    @Override
    public int size() {
      return counts.length;
    }
  }
}
