package io.meanmax.vocabulary;

import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers distinct tokens, given as bytes of UTF-8, in the order in which they first come. It keeps
 * all tokens in one array of bytes and looks them up in another of longs (open addressing), so that
 * looking up a token makes no object of it. Not thread-safe while tokens are added.
 */
public final class TokenIndex implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What {@link #find} gives for a token that is not there. */
  public static final int ABSENT = -1;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final long LOW = 0xFFFFFFFFL;
  private static final int SMALLEST = 16;

  private byte[] text = new byte[SMALLEST * Long.BYTES];

  /**
   * Token {@code t} is {@code text[ends[t] .. ends[t + 1])}. The first begins where eight bytes can
   * be read that end in it.
   */
  private int[] ends = new int[SMALLEST];

  /** The high half of a token's hash, and its number plus one; 0 where there is none. */
  private long[] slots = new long[2 * SMALLEST];

  private int size;

  /** An empty index. */
  public TokenIndex() {
    ends[0] = Long.BYTES;
  }

  /** How many tokens there are. */
  public int size() {
    return size;
  }

  /** The text of a token. */
  public String token(int number) {
    return new String(text, ends[number], ends[number + 1] - ends[number], StandardCharsets.UTF_8);
  }

  /** The number of a token, or {@link #ABSENT}. */
  public int find(String token) {
    byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
    return find(bytes, 0, bytes.length);
  }

  /** The number of the token {@code bytes[from .. from + length)}, or {@link #ABSENT}. */
  public int find(byte[] bytes, int from, int length) {
    return (int) slots[slot(bytes, from, length, hash(bytes, from, length))] - 1;
  }

  /**
   * The number of a token, which is added if it is not there yet.
   *
   * @throws IllegalStateException if the tokens' bytes would be more than an array holds, 2^31
   */
  public int add(byte[] bytes, int from, int length) {
    long hash = hash(bytes, from, length);
    int slot = slot(bytes, from, length, hash);
    if (slots[slot] != 0) {
      return (int) slots[slot] - 1;
    }
    append(bytes, from, length);
    slots[slot] = (hash & ~LOW) | size;
    if (2 * size > slots.length) {
      enlarge();
    }
    return size - 1;
  }

  private void append(byte[] bytes, int from, int length) {
    int end = ends[size];
    if (length > Integer.MAX_VALUE - Long.BYTES - end) {
      throw new IllegalStateException(
          "Cannot keep more than 2^31 bytes of distinct tokens; there are %,d".formatted(size));
    }
    if (end + length > text.length) {
      long larger = Math.max(end + (long) length, text.length + (text.length >> 1));
      text = Arrays.copyOf(text, (int) Math.min(larger, Integer.MAX_VALUE - Long.BYTES));
    }
    if (size + 1 == ends.length) {
      ends = Arrays.copyOf(ends, ends.length + (ends.length >> 1));
    }
    System.arraycopy(bytes, from, text, end, length);
    size++;
    ends[size] = end + length;
  }

  private void enlarge() {
    long[] fewer = slots;
    slots = new long[2 * fewer.length];
    for (long slot : fewer) {
      if (slot != 0) {
        int token = (int) slot - 1;
        int at = (int) hash(text, ends[token], ends[token + 1] - ends[token]) & slots.length - 1;
        while (slots[at] != 0) {
          at = at + 1 & slots.length - 1;
        }
        slots[at] = slot;
      }
    }
  }

  /** Where a token is, or where it would be put. */
  private int slot(byte[] bytes, int from, int length, long hash) {
    int mask = slots.length - 1;
    int at = (int) hash & mask;
    while (slots[at] != 0 && !holds(slots[at], bytes, from, length, hash)) {
      at = at + 1 & mask;
    }
    return at;
  }

  private boolean holds(long slot, byte[] bytes, int from, int length, long hash) {
    if (((slot ^ hash) & ~LOW) != 0) {
      return false;
    }
    int start = ends[(int) slot - 1];
    if (ends[(int) slot] - start != length) {
      return false;
    }
    // Most tokens are shorter than what Arrays.equals needs to get going.
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      if ((long) LONGS.get(text, start + i) != (long) LONGS.get(bytes, from + i)) {
        return false;
      }
    }
    return last(text, start + length, length - i) == last(bytes, from + length, length - i);
  }

  private static long hash(byte[] bytes, int from, int length) {
    long hash = length;
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      hash = mixed(hash ^ (long) LONGS.get(bytes, from + i));
    }
    return mixed(hash ^ last(bytes, from + length, length - i));
  }

  /** The fewer than eight bytes before {@code end}, little-endian: without a loop if it can be. */
  private static long last(byte[] bytes, int end, int count) {
    if (end >= Long.BYTES) {
      int others = Long.SIZE - Byte.SIZE - Byte.SIZE * count;
      return (long) LONGS.get(bytes, end - Long.BYTES) >>> Byte.SIZE >>> others;
    }
    long value = 0;
    for (int i = 1; i <= count; i++) {
      value = value << Byte.SIZE | (bytes[end - i] & 0xFF);
    }
    return value;
  }

  private static long mixed(long value) {
    long product = value * MULTIPLIER;
    return (product ^ product >>> 29) * MULTIPLIER ^ product >>> 32;
  }
}
