package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A table of 232,620 rows and documents of 75 words with Zipf-distributed ids: enough documents
 * that the rare rows come from memory and the frequent ones from a cache, as in training.
 */
@State(Scope.Thread)
public class KernelState {
  static final int VOCABULARY = 232_620;
  static final int WORDS = 75;
  static final int DOCUMENTS = 1 << 15;

  /** The inner loops. */
  @Param({"vector", "scalar"})
  public String math;

  /** Length of a word vector. */
  @Param({"16", "80", "128"})
  public int dimension;

  VectorMath loops;
  EmbeddingTable table;
  int[] ids;
  float[] steps;
  float[] pooled;
  int[] winners;
  private int document;

  /** Fills table and documents. */
  @Setup(Level.Trial)
  public void fill() {
    loops = loops(math);
    table = filled(new EmbeddingTable(VOCABULARY, dimension));
    ids = zipf(DOCUMENTS * WORDS, VOCABULARY);
    steps = new float[WORDS];
    pooled = new float[table.stride()];
    winners = new int[table.stride()];
    for (int i = 0; i < WORDS; i++) {
      steps[i] = 1e-6f;
    }
    for (int i = 0; i < dimension; i++) {
      pooled[i] = 1e-3f * (i % 7 - 3);
    }
  }

  /** Where the next document begins in {@link #ids}. */
  int next() {
    document = (document + 1) & (DOCUMENTS - 1);
    return document * WORDS;
  }

  static VectorMath loops(String name) {
    if (name.equals("scalar")) {
      return new ScalarMath();
    }
    if (MathSelection.SELECTED instanceof ScalarMath) {
      throw new IllegalStateException("This JVM has no Vector API: --add-modules is missing");
    }
    return MathSelection.SELECTED;
  }

  /** A table with small numbers in it. */
  static EmbeddingTable filled(EmbeddingTable table) {
    int dimension = table.dimension();
    SplittableRandom random = new SplittableRandom(1);
    float[] row = new float[dimension];
    for (int id = 0; id < table.rows(); id++) {
      for (int i = 0; i < dimension; i++) {
        row[i] = (float) (random.nextDouble() - 0.5) / dimension;
      }
      table.setRow(id, row, 0);
    }
    return table;
  }

  /** Ranks by Zipf's law with exponent 1, by inversion of the continuous law: P(id ≤ k) ∝ ln k. */
  static int[] zipf(int count, int vocabulary) {
    SplittableRandom random = new SplittableRandom(2);
    int reserved = 2;
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      double rank = Math.exp(random.nextDouble() * Math.log(vocabulary - reserved));
      ids[i] = reserved + Math.min(vocabulary - reserved - 1, (int) rank - 1);
    }
    return ids;
  }
}
