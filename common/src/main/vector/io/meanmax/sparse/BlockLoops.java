package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.Objects;

/**
 * Loops over rows that keep a block of each row's vectors in registers. What they do is what the
 * methods of {@link VectorMath} with these names do to whole rows, here only to their components
 * from {@code component} on, as many as the block is wide; {@code first} is the place of the first
 * id.
 */
interface BlockLoops {

  /** Vectors of the widest block: as many as {@link BlockLoopsOfWidth} has variables for. */
  int MOST_VECTORS = 8;

  void sum(EmbeddingTable table, int[] ids, int first, int count, float[] sum, int component);

  void max(
      EmbeddingTable table,
      int[] ids,
      int first,
      int count,
      float[] max,
      int[] winners,
      int component);

  void scatter(
      EmbeddingTable table,
      int[] ids,
      int first,
      int count,
      float[] steps,
      float[] g,
      int component);

  /**
   * What each lane has of the products of x with rows that lie one after another.
   *
   * @param page holds the rows
   * @param offset where the first of them begins
   * @param stride from one to the next
   * @param parts a vector for each row, overwritten
   */
  void partialProducts(
      float[] page, int offset, int stride, int count, float[] x, float[] parts, int component);

  /**
   * Positions {@code from} to {@code to − 1}, whose rows one page holds.
   *
   * @param offset where row 0 begins, or would
   */
  void backward(
      float[] page,
      int offset,
      int stride,
      int[] units,
      int from,
      int to,
      float[] deltas,
      float[] steps,
      float[] x,
      float[] g,
      int component);

  /** Loops over blocks of 0 to {@link #MOST_VECTORS} vectors, each at its width; none at 0. */
  static BlockLoops[] ofEachWidth() {
    byte[] classFile = classFile();
    BlockLoops[] loops = new BlockLoops[MOST_VECTORS + 1];
    for (int width = 1; width <= MOST_VECTORS; width++) {
      loops[width] = ofWidth(width, classFile);
    }
    return loops;
  }

  private static byte[] classFile() {
    String name = BlockLoopsOfWidth.class.getSimpleName() + ".class";
    try (InputStream file = BlockLoopsOfWidth.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(file, () -> "No " + name + " beside the other classes")
          .readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + name, e);
    }
  }

  private static BlockLoops ofWidth(int width, byte[] classFile) {
    try {
      return (BlockLoops)
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(classFile, width, true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make the loops of width " + width, e);
    }
  }
}
