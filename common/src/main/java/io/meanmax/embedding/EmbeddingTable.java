package io.meanmax.embedding;

import java.io.Serializable;

/**
 * A dense table of vectors, {@code [rows, dimension]} floats, kept in pages of whole rows so that
 * it may hold more than 2^31 of them. Not thread-safe for writing; concurrent unsynchronised
 * writers lose updates but never break it.
 */
public final class EmbeddingTable implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Floats of a page, at most: 64 MiB, so that no page needs a huge contiguous piece of heap. */
  private static final int PAGE_FLOATS = 1 << 24;

  private final int rows;
  private final int dimension;
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

  /** A table whose pages hold at most {@code pageFloats} floats, but one row at least. */
  EmbeddingTable(int rows, int dimension, int pageFloats) {
    if (rows < 1 || dimension < 1) {
      throw new IllegalArgumentException(
          "An embedding table has at least one row and column: [%d, %d]"
              .formatted(rows, dimension));
    }
    this.rows = rows;
    this.dimension = dimension;
    this.pageShift = 31 - Integer.numberOfLeadingZeros(Math.max(1, pageFloats / dimension));
    int rowsOfPage = 1 << pageShift;
    this.pages = new float[(int) (((long) rows + rowsOfPage - 1) >>> pageShift)][];
    for (int page = 0; page < pages.length; page++) {
      int left = rows - (page << pageShift);
      pages[page] = new float[Math.min(rowsOfPage, left) * dimension];
    }
  }

  /** How many rows. */
  public int rows() {
    return rows;
  }

  /** Length of a row. */
  public int dimension() {
    return dimension;
  }

  /** The array that holds a row, from {@link #offset} on. */
  public float[] page(int row) {
    return pages[row >>> pageShift];
  }

  /** Where a row begins in its {@link #page}. */
  public int offset(int row) {
    return (row & ((1 << pageShift) - 1)) * dimension;
  }

  /** A copy of a row. */
  public float[] row(int row) {
    float[] copy = new float[dimension];
    System.arraycopy(page(row), offset(row), copy, 0, dimension);
    return copy;
  }

  /** Rows of the page that begins at {@code firstRow}. */
  public int rowsOfPage(int firstRow) {
    return page(firstRow).length / dimension;
  }
}
