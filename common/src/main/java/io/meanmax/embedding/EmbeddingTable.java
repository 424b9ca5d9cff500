package io.meanmax.embedding;

import java.io.Serializable;

/**
 * A dense table of vectors, {@code [rows, dimension]} floats, laid out for SIMD. Not thread-safe
 * for writing; concurrent unsynchronised writers lose updates but never break it.
 *
 * <p>Layout: rows stand in pages of 2^k rows, so that a table may hold more than 2^31 floats. A row
 * takes {@link #stride} floats: the dimension rounded up to {@value #LANES}, one 512-bit vector;
 * what is beyond the dimension stays 0. A page begins with {@value #LEAD} unused floats, because a
 * Java array's data begins 16 bytes after its address: where the JVM aligns large arrays, as G1
 * does, every row then begins on a cache line of 64 bytes. {@link #aligned} makes a small table's
 * array large enough for that.
 *
 * <p>The first {@link #headRows} rows are the table's head, of at most 2^18 floats: a table made by
 * {@link #withOwnHead} has room for a copy of them, which need not be aligned, and shares the
 * others.
 */
public final class EmbeddingTable implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Floats of the widest vector register. */
  public static final int LANES = 16;

  private static final int LEAD = 12;

  /** Floats of a page, at most: 64 MiB, so that no page needs a huge contiguous piece of heap. */
  private static final int PAGE_FLOATS = 1 << 24;

  /** Floats of the head, at most. */
  private static final int HEAD_FLOATS = 1 << 18;

  private final int rows;
  private final int dimension;
  private final int stride;
  private final int pageShift;

  /** For each stretch of 2^pageShift rows the page that holds it. */
  private final float[][] pages;

  /** What holds the rows before {@link #ownRows}; null where there never are any. */
  private final float[] head;

  private int ownRows;

  /**
   * A table of zeros.
   *
   * @param rows at least 1
   * @param dimension of a row, at least 1
   */
  public EmbeddingTable(int rows, int dimension) {
    this(rows, dimension, PAGE_FLOATS);
  }

  EmbeddingTable(int rows, int dimension, int pageFloats) {
    this(rows, dimension, pageFloats, 0);
  }

  private EmbeddingTable(int rows, int dimension, int pageFloats, int leastPageFloats) {
    if (rows < 1 || dimension < 1) {
      throw new IllegalArgumentException(
          "An embedding table has at least one row and column: [%d, %d]"
              .formatted(rows, dimension));
    }
    this.rows = rows;
    this.dimension = dimension;
    this.stride = padded(dimension);
    this.pageShift = log2(pageFloats / stride);
    this.pages = new float[((rows - 1) >>> pageShift) + 1][];
    for (int at = 0; at < pages.length; at++) {
      long rowsLeft = rows - ((long) at << pageShift);
      int floats = LEAD + (int) Math.min(1 << pageShift, rowsLeft) * stride;
      pages[at] = new float[Math.max(floats, leastPageFloats)];
    }
    this.head = null;
  }

  /**
   * A table of zeros whose rows begin on cache lines although it is small, for what is read and
   * written all the time: with G1, and regions of at most 16 MiB, its page is made longer than half
   * a region. Elsewhere it is as any other table.
   *
   * @param rows at least 1
   * @param dimension of a row, at least 1
   */
  public static EmbeddingTable aligned(int rows, int dimension) {
    return new EmbeddingTable(rows, dimension, PAGE_FLOATS, AlignedArrays.LEAST_FLOATS);
  }

  private EmbeddingTable(EmbeddingTable table, float[] head) {
    this.rows = table.rows;
    this.dimension = table.dimension;
    this.stride = table.stride;
    this.pageShift = table.pageShift;
    this.pages = table.pages;
    this.head = head;
  }

  /** Rounded down; 0 for numbers below 1. */
  private static int log2(int number) {
    return 31 - Integer.numberOfLeadingZeros(Math.max(1, number));
  }

  /**
   * A table that shares all rows with this one, and has room for its own {@link #headRows} rows of
   * the head: {@link #ownFirst} says how many of them it has.
   */
  public EmbeddingTable withOwnHead() {
    return new EmbeddingTable(this, new float[LEAD + headRows() * stride]);
  }

  /**
   * From here on the first {@code count} rows are this table's own. What stands in those that were
   * not before is what stood there when they last were, at first 0.
   *
   * @param count 0 to {@link #headRows}
   */
  public void ownFirst(int count) {
    if (count < 0 || count > (head == null ? 0 : headRows())) {
      throw new IllegalArgumentException("%d rows of a table's own".formatted(count));
    }
    ownRows = count;
  }

  /** How many rows the head of a large table of this dimension has, a power of two. */
  public static int headRows(int dimension) {
    return 1 << log2(HEAD_FLOATS / padded(dimension));
  }

  /** How many of the first rows are the head: {@link #headRows(int)}, or all of a small table. */
  public int headRows() {
    return Math.min(rows, Math.min(1 << pageShift, headRows(dimension)));
  }

  /** A length rounded up to whole vectors. */
  public static int padded(int length) {
    return (length + LANES - 1) / LANES * LANES;
  }

  /** How many rows. */
  public int rows() {
    return rows;
  }

  /** Length of a row. */
  public int dimension() {
    return dimension;
  }

  /** Floats from one row to the next: the dimension rounded up to {@link #LANES}. */
  public int stride() {
    return stride;
  }

  /** The array that holds a row, from {@link #offset} on. */
  public float[] page(int row) {
    return Integer.compareUnsigned(row, ownRows) < 0 ? head : pages[row >>> pageShift];
  }

  /** Where a row begins in its {@link #page}. */
  public int offset(int row) {
    return LEAD + (row & ((1 << pageShift) - 1)) * stride;
  }

  /** A copy of a row, {@code [dimension]}. */
  public float[] row(int row) {
    float[] copy = new float[dimension];
    copyRow(row, copy, 0);
    return copy;
  }

  /** Copies a row to {@code to[at..at + dimension)}. */
  public void copyRow(int row, float[] to, int at) {
    System.arraycopy(page(row), offset(row), to, at, dimension);
  }

  /** Overwrites a row with {@code from[at..at + dimension)}. */
  public void setRow(int row, float[] from, int at) {
    System.arraycopy(from, at, page(row), offset(row), dimension);
  }
}
