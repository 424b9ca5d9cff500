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
 * does, every row then begins on a cache line of 64 bytes.
 */
public final class EmbeddingTable implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Floats of the widest vector register. */
  public static final int LANES = 16;

  private static final int LEAD = 12;

  /** Floats of a page, at most: 64 MiB, so that no page needs a huge contiguous piece of heap. */
  private static final int PAGE_FLOATS = 1 << 24;

  private final int rows;
  private final int dimension;
  private final int stride;
  private final int pageShift;
  private final float[][] pages;

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
    if (rows < 1 || dimension < 1) {
      throw new IllegalArgumentException(
          "An embedding table has at least one row and column: [%d, %d]"
              .formatted(rows, dimension));
    }
    this.rows = rows;
    this.dimension = dimension;
    this.stride = padded(dimension);
    this.pageShift = 31 - Integer.numberOfLeadingZeros(Math.max(1, pageFloats / stride));
    long rowsOfPage = 1L << pageShift;
    this.pages = new float[(int) ((rows + rowsOfPage - 1) >>> pageShift)][];
    for (int page = 0; page < pages.length; page++) {
      long left = rows - ((long) page << pageShift);
      pages[page] = new float[LEAD + (int) Math.min(rowsOfPage, left) * stride];
    }
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
    return pages[row >>> pageShift];
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
