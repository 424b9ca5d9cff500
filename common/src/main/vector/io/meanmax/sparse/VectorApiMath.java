package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops in the JVM's preferred vector width, through {@code jdk.incubator.vector}. No
 * vector goes to or comes from a method of ours: the compiler leaves calls as they are in what has
 * become large, and makes each vector an object there (decision 27).
 */
final class VectorApiMath implements VectorMath {
  static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() <= EmbeddingTable.LANES
          ? FloatVector.SPECIES_PREFERRED
          : FloatVector.SPECIES_512;
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
  static final int LANES = FLOATS.length();

  /** Loops over blocks of rows, each at the number of vectors that a block has. */
  private static final BlockLoops[] BLOCKS = BlockLoops.ofEachWidth();

  /**
   * Rows of words that are longer than this, in floats, are read whole and one after another:
   * memory sends a row sooner than its parts at different times.
   */
  private static final int WIDEST = BlockLoops.MOST_VECTORS * EmbeddingTable.LANES;

  /** With fewer, what {@link #addUp} does with four is no less work. */
  private static final int FEWEST_LANES_TO_FOLD = 8;

  private static final VectorMask<Float> LOWER_HALF = lowerHalfOf(LANES);
  private static final VectorMask<Float> LOWER_QUARTERS = lowerHalfOf(LANES / 2);
  private static final VectorShuffle<Float> SWAP_HALVES = swap(LANES / 2);
  private static final VectorShuffle<Float> SWAP_QUARTERS = swap(LANES / 4);
  private static final VectorShuffle<Float> SWAP_PAIRS = swap(2);
  private static final VectorShuffle<Float> SWAP_NEIGHBOURS = swap(1);

  /** Lomont, Fast Inverse Square Root (2003). */
  private static final int INVERSE_ROOT_GUESS = 0x5F375A86;

  @Override
  public String name() {
    return "Vector API, " + FLOATS.vectorBitSize() + " bit";
  }

  @Override
  public float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, a, aOffset + i);
      sum = x.fma(FloatVector.fromArray(FLOATS, b, bOffset + i), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void gemv(EmbeddingTable w, int units, float[] x, float[] y, float[] scratch) {
    for (int first = 0; first < units; ) {
      int count = Math.min(UNITS_AT_A_TIME, units - first);
      while (w.page(first) != w.page(first + count - 1)) {
        count--;
      }
      gemvOfPage(w, first, count, x, y, scratch);
      first += count;
    }
  }

  /** Units that lie on one page. */
  private static void gemvOfPage(
      EmbeddingTable w, int first, int count, float[] x, float[] y, float[] scratch) {
    int stride = w.stride();
    for (int i = 0; i < stride; ) {
      int width = Math.min(BlockLoops.MOST_VECTORS, (stride - i) / LANES);
      BLOCKS[width].partialProducts(w.page(first), w.offset(first), stride, count, x, scratch, i);
      addUp(scratch, count, y, first);
      i += width * LANES;
    }
  }

  /**
   * Adds the lanes of each of {@code count} vectors to its sum: of four together, which takes a
   * third of the time of {@code reduceLanes}, for that goes lane by lane. They are folded into one
   * vector of which each quarter adds up to one of them, and then the quarters are folded.
   */
  private static void addUp(float[] vectors, int count, float[] sums, int first) {
    int place = 0;
    int together = LANES < FEWEST_LANES_TO_FOLD ? 0 : count / 4 * 4;
    for (; place < together; place += 4) {
      FloatVector a = FloatVector.fromArray(FLOATS, vectors, place * LANES);
      FloatVector b = FloatVector.fromArray(FLOATS, vectors, (place + 1) * LANES);
      FloatVector c = FloatVector.fromArray(FLOATS, vectors, (place + 2) * LANES);
      FloatVector d = FloatVector.fromArray(FLOATS, vectors, (place + 3) * LANES);
      FloatVector ac = c.blend(a, LOWER_HALF).add(a.blend(c, LOWER_HALF).rearrange(SWAP_HALVES));
      FloatVector bd = d.blend(b, LOWER_HALF).add(b.blend(d, LOWER_HALF).rearrange(SWAP_HALVES));
      FloatVector quarters =
          bd.blend(ac, LOWER_QUARTERS).add(ac.blend(bd, LOWER_QUARTERS).rearrange(SWAP_QUARTERS));
      if (LANES > FEWEST_LANES_TO_FOLD) {
        quarters = quarters.add(quarters.rearrange(SWAP_PAIRS));
      }
      quarters = quarters.add(quarters.rearrange(SWAP_NEIGHBOURS));
      quarters.intoArray(vectors, place * LANES);
    }
    for (place = 0; place < together; place++) {
      sums[first + place] += vectors[place / 4 * 4 * LANES + place % 4 * (LANES / 4)];
    }
    for (; place < count; place++) {
      sums[first + place] +=
          FloatVector.fromArray(FLOATS, vectors, place * LANES).reduceLanes(VectorOperators.ADD);
    }
  }

  /** The lower half of each so many lanes. */
  private static VectorMask<Float> lowerHalfOf(int lanes) {
    boolean[] lower = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      lower[lane] = lane % lanes < lanes / 2;
    }
    return VectorMask.fromArray(FLOATS, lower, 0);
  }

  private static VectorShuffle<Float> swap(int lanes) {
    return VectorShuffle.fromOp(FLOATS, lane -> lane ^ lanes);
  }

  @Override
  public void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int length) {
    FloatVector factor = FloatVector.broadcast(FLOATS, alpha);
    for (int i = 0; i < length; i += LANES) {
      FloatVector sum = FloatVector.fromArray(FLOATS, y, yOffset + i);
      FloatVector.fromArray(FLOATS, x, xOffset + i).fma(factor, sum).intoArray(y, yOffset + i);
    }
  }

  @Override
  public void compareChanges(
      float[] a, float[] b, float[] old, int offset, int length, float[] products) {
    FloatVector product = FloatVector.zero(FLOATS);
    FloatVector square = FloatVector.zero(FLOATS);
    FloatVector squareOfOther = FloatVector.zero(FLOATS);
    for (int i = 0; i < length; i += LANES) {
      FloatVector before = FloatVector.fromArray(FLOATS, old, offset + i);
      FloatVector x = FloatVector.fromArray(FLOATS, a, offset + i).sub(before);
      FloatVector y = FloatVector.fromArray(FLOATS, b, offset + i).sub(before);
      product = x.fma(y, product);
      square = x.fma(x, square);
      squareOfOther = y.fma(y, squareOfOther);
    }
    products[0] = product.reduceLanes(VectorOperators.ADD);
    products[1] = square.reduceLanes(VectorOperators.ADD);
    products[2] = squareOfOther.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void mergeChanges(
      float alpha, float[] a, float beta, float[] b, float[] old, int offset, int length) {
    FloatVector factor = FloatVector.broadcast(FLOATS, alpha);
    FloatVector factorOfOther = FloatVector.broadcast(FLOATS, beta);
    for (int i = 0; i < length; i += LANES) {
      FloatVector before = FloatVector.fromArray(FLOATS, old, offset + i);
      FloatVector theirs = FloatVector.fromArray(FLOATS, b, offset + i);
      FloatVector mine = FloatVector.fromArray(FLOATS, a, offset + i).sub(before);
      FloatVector merged = theirs.sub(before).fma(factorOfOther, mine.fma(factor, theirs));
      merged.intoArray(a, offset + i);
      merged.intoArray(b, offset + i);
      merged.intoArray(old, offset + i);
    }
  }

  /**
   * How many vectors a block has: the most, up to {@link BlockLoops#MOST_VECTORS}, that cut a row
   * in equal parts.
   */
  private static int blockOf(int stride) {
    int vectors = stride / LANES;
    int blocks = (vectors + BlockLoops.MOST_VECTORS - 1) / BlockLoops.MOST_VECTORS;
    while (vectors % blocks != 0) {
      blocks++;
    }
    return vectors / blocks;
  }

  @Override
  public void backward(
      EmbeddingTable w,
      int[] units,
      int count,
      float[] deltas,
      float[] steps,
      float[] x,
      float[] g) {
    int stride = w.stride();
    for (int from = 0; from < count; ) {
      int to = count;
      while (w.page(units[from]) != w.page(units[to - 1])) {
        to--;
      }
      float[] page = w.page(units[from]);
      int offset = w.offset(units[from]) - units[from] * stride;
      for (int i = 0; i < stride; ) {
        int width = Math.min(BlockLoops.MOST_VECTORS, (stride - i) / LANES);
        BLOCKS[width].backward(page, offset, stride, units, from, to, deltas, steps, x, g, i);
        i += width * LANES;
      }
      from = to;
    }
  }

  @Override
  public void sum(EmbeddingTable table, int[] ids, int from, int count, float[] sum) {
    int stride = table.stride();
    if (stride > WIDEST) {
      sumRowByRow(table, ids, from, count, sum);
      return;
    }
    int width = blockOf(stride);
    for (int i = 0; i < stride; i += width * LANES) {
      BLOCKS[width].sum(table, ids, from, count, sum, i);
    }
  }

  private static void sumRowByRow(
      EmbeddingTable table, int[] ids, int from, int count, float[] sum) {
    int stride = table.stride();
    Arrays.fill(sum, 0, stride, 0);
    for (int p = 0; p < count; p++) {
      float[] page = table.page(ids[from + p]);
      int offset = table.offset(ids[from + p]);
      for (int i = 0; i < stride; i += LANES) {
        FloatVector.fromArray(FLOATS, page, offset + i)
            .add(FloatVector.fromArray(FLOATS, sum, i))
            .intoArray(sum, i);
      }
    }
  }

  @Override
  public void max(
      EmbeddingTable table, int[] ids, int from, int count, float[] max, int[] winners) {
    int stride = table.stride();
    if (stride > WIDEST) {
      maxRowByRow(table, ids, from, count, max, winners);
      return;
    }
    int width = blockOf(stride);
    for (int i = 0; i < stride; i += width * LANES) {
      BLOCKS[width].max(table, ids, from, count, max, winners, i);
    }
  }

  private static void maxRowByRow(
      EmbeddingTable table, int[] ids, int from, int count, float[] max, int[] winners) {
    int stride = table.stride();
    System.arraycopy(table.page(ids[from]), table.offset(ids[from]), max, 0, stride);
    Arrays.fill(winners, 0, stride, 0);
    for (int p = 1; p < count; p++) {
      float[] page = table.page(ids[from + p]);
      int offset = table.offset(ids[from + p]);
      IntVector position = IntVector.broadcast(INTS, p);
      for (int i = 0; i < stride; i += LANES) {
        FloatVector row = FloatVector.fromArray(FLOATS, page, offset + i);
        FloatVector best = FloatVector.fromArray(FLOATS, max, i);
        VectorMask<Float> greater = row.compare(VectorOperators.GT, best);
        best.blend(row, greater).intoArray(max, i);
        IntVector.fromArray(INTS, winners, i)
            .blend(position, greater.cast(INTS))
            .intoArray(winners, i);
      }
    }
  }

  @Override
  public void scatter(
      EmbeddingTable table, int[] ids, int from, int count, float[] steps, float[] g) {
    int stride = table.stride();
    if (stride > WIDEST) {
      scatterRowByRow(table, ids, from, count, steps, g);
      return;
    }
    int width = blockOf(stride);
    for (int i = 0; i < stride; i += width * LANES) {
      BLOCKS[width].scatter(table, ids, from, count, steps, g, i);
    }
  }

  private static void scatterRowByRow(
      EmbeddingTable table, int[] ids, int from, int count, float[] steps, float[] g) {
    int stride = table.stride();
    for (int p = 0; p < count; p++) {
      float[] page = table.page(ids[from + p]);
      int offset = table.offset(ids[from + p]);
      FloatVector step = FloatVector.broadcast(FLOATS, -steps[p]);
      for (int i = 0; i < stride; i += LANES) {
        FloatVector row = FloatVector.fromArray(FLOATS, page, offset + i);
        FloatVector.fromArray(FLOATS, g, i).fma(step, row).intoArray(page, offset + i);
      }
    }
  }

  /**
   * 1/√x, x = s + ε, to 5e-6 relative: a guess from the halved exponent and two steps of Newton's
   * method, in a third of the time that a root and a division take.
   */
  @Override
  public void adagrad(
      float rate,
      float[] g,
      EmbeddingTable table,
      EmbeddingTable sums,
      int[] ids,
      int from,
      int count) {
    FloatVector negative = FloatVector.broadcast(FLOATS, -rate);
    FloatVector minusHalf = FloatVector.broadcast(FLOATS, -0.5f);
    FloatVector threeHalves = FloatVector.broadcast(FLOATS, 1.5f);
    IntVector magic = IntVector.broadcast(INTS, INVERSE_ROOT_GUESS);
    int stride = table.stride();
    for (int p = from; p < from + count; p++) {
      float[] page = table.page(ids[p]);
      int offset = table.offset(ids[p]);
      float[] sumsPage = sums.page(ids[p]);
      int sumsOffset = sums.offset(ids[p]);
      for (int i = 0; i < stride; i += LANES) {
        FloatVector gradient = FloatVector.fromArray(FLOATS, g, i);
        FloatVector sum =
            gradient.fma(gradient, FloatVector.fromArray(FLOATS, sumsPage, sumsOffset + i));
        sum.intoArray(sumsPage, sumsOffset + i);
        FloatVector x = sum.add(EPSILON);
        IntVector halved = x.reinterpretAsInts().lanewise(VectorOperators.LSHR, 1);
        FloatVector half = x.mul(minusHalf);
        FloatVector y = magic.sub(halved).reinterpretAsFloats();
        y = y.mul(y.mul(y).fma(half, threeHalves));
        y = y.mul(y.mul(y).fma(half, threeHalves));
        gradient
            .mul(y)
            .fma(negative, FloatVector.fromArray(FLOATS, page, offset + i))
            .intoArray(page, offset + i);
      }
    }
  }

  @Override
  public void adam(
      float rate,
      float c,
      float alpha,
      float[] g,
      float[] w,
      int wOffset,
      float[] m,
      int mOffset,
      float[] v,
      int vOffset,
      int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector gradient = FloatVector.fromArray(FLOATS, g, i).mul(alpha);
      FloatVector first =
          FloatVector.fromArray(FLOATS, m, mOffset + i).mul(BETA1).add(gradient.mul(1 - BETA1));
      FloatVector second =
          FloatVector.fromArray(FLOATS, v, vOffset + i)
              .mul(BETA2)
              .add(gradient.mul(gradient).mul(1 - BETA2));
      first.intoArray(m, mOffset + i);
      second.intoArray(v, vOffset + i);
      FloatVector step = first.mul(rate).div(second.sqrt().mul(c).add(EPSILON));
      FloatVector.fromArray(FLOATS, w, wOffset + i).sub(step).intoArray(w, wOffset + i);
    }
  }

  /** With {@link FastExp#exp}, NaN kept. */
  @Override
  public void softmax(float[] x, int count) {
    Arrays.fill(x, count, x.length, Float.NEGATIVE_INFINITY);
    int length = EmbeddingTable.padded(count);
    FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < length; i += LANES) {
      largest = largest.max(FloatVector.fromArray(FLOATS, x, i));
    }
    FloatVector shift = FloatVector.broadcast(FLOATS, largest.reduceLanes(VectorOperators.MAX));
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector sum = zero;
    for (int i = 0; i < length; i += LANES) {
      FloatVector shifted = FloatVector.fromArray(FLOATS, x, i).sub(shift);
      VectorMask<Float> vanishing = shifted.compare(VectorOperators.LT, FastExp.SMALLEST);
      FloatVector bounded = shifted.max(FastExp.SMALLEST);
      FloatVector rounded = bounded.mul(FastExp.LOG2_E).add(FastExp.ROUND);
      FloatVector n = rounded.sub(FastExp.ROUND);
      FloatVector r = bounded.sub(n.mul(FastExp.LN2_HIGH)).sub(n.mul(FastExp.LN2_LOW));
      FloatVector p =
          FloatVector.broadcast(FLOATS, FastExp.C0)
              .fma(r, FloatVector.broadcast(FLOATS, FastExp.C1))
              .fma(r, FloatVector.broadcast(FLOATS, FastExp.C2))
              .fma(r, FloatVector.broadcast(FLOATS, FastExp.C3))
              .fma(r, FloatVector.broadcast(FLOATS, FastExp.C4))
              .fma(r, FloatVector.broadcast(FLOATS, FastExp.C5));
      FloatVector fraction = p.mul(r).fma(r, r).add(1f);
      // n stands in the low bits of the rounded sum already; a conversion would be slow here.
      IntVector exponent = rounded.reinterpretAsInts().add(127).lanewise(VectorOperators.LSHL, 23);
      FloatVector e = fraction.mul(exponent.reinterpretAsFloats()).blend(zero, vanishing);
      sum = sum.add(e);
      e.intoArray(x, i);
    }
    float scale = 1 / sum.reduceLanes(VectorOperators.ADD);
    for (int i = 0; i < length; i += LANES) {
      FloatVector.fromArray(FLOATS, x, i).mul(scale).intoArray(x, i);
    }
  }
}
