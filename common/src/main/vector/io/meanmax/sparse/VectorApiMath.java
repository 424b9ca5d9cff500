package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The inner loops in the JVM's preferred vector width, through {@code jdk.incubator.vector}. */
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
   * Rows longer than this, in floats, are read whole and one after another: memory sends a row
   * sooner than its parts at different times. {@link WarmUp} goes beyond it.
   */
  private static final int WIDEST = BlockLoops.MOST_VECTORS * EmbeddingTable.LANES;

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
      FloatVector x = load(a, aOffset + i);
      sum = x.fma(load(b, bOffset + i), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int length) {
    FloatVector factor = FloatVector.broadcast(FLOATS, alpha);
    for (int i = 0; i < length; i += LANES) {
      FloatVector sum = load(y, yOffset + i);
      load(x, xOffset + i).fma(factor, sum).intoArray(y, yOffset + i);
    }
  }

  @Override
  public void compareChanges(
      float[] a, float[] b, float[] old, int offset, int length, float[] products) {
    FloatVector product = FloatVector.zero(FLOATS);
    FloatVector square = FloatVector.zero(FLOATS);
    FloatVector squareOfOther = FloatVector.zero(FLOATS);
    for (int i = 0; i < length; i += LANES) {
      FloatVector before = load(old, offset + i);
      FloatVector x = load(a, offset + i).sub(before);
      FloatVector y = load(b, offset + i).sub(before);
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
      FloatVector before = load(old, offset + i);
      FloatVector theirs = load(b, offset + i);
      FloatVector mine = load(a, offset + i).sub(before);
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

  static FloatVector load(float[] array, int offset) {
    return FloatVector.fromArray(FLOATS, array, offset);
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
    int p = 0;
    for (; p + 4 <= count; p += 4) {
      backwardOfFour(w, units, p, deltas, steps, x, g);
    }
    for (; p < count; p++) {
      float[] page = w.page(units[p]);
      int offset = w.offset(units[p]);
      FloatVector delta = FloatVector.broadcast(FLOATS, deltas[p]);
      FloatVector step = FloatVector.broadcast(FLOATS, -steps[p] * deltas[p]);
      for (int i = 0; i < w.stride(); i += LANES) {
        backward(load(g, i), load(x, i), delta, step, page, offset + i).intoArray(g, i);
      }
    }
  }

  /** Four units at a time: x and g are read and written once for all of them. */
  private static void backwardOfFour(
      EmbeddingTable w,
      int[] units,
      int first,
      float[] deltas,
      float[] steps,
      float[] x,
      float[] g) {
    float[] page0 = w.page(units[first]);
    float[] page1 = w.page(units[first + 1]);
    float[] page2 = w.page(units[first + 2]);
    float[] page3 = w.page(units[first + 3]);
    int offset0 = w.offset(units[first]);
    int offset1 = w.offset(units[first + 1]);
    int offset2 = w.offset(units[first + 2]);
    int offset3 = w.offset(units[first + 3]);
    FloatVector delta0 = FloatVector.broadcast(FLOATS, deltas[first]);
    FloatVector delta1 = FloatVector.broadcast(FLOATS, deltas[first + 1]);
    FloatVector delta2 = FloatVector.broadcast(FLOATS, deltas[first + 2]);
    FloatVector delta3 = FloatVector.broadcast(FLOATS, deltas[first + 3]);
    FloatVector step0 = FloatVector.broadcast(FLOATS, -steps[first] * deltas[first]);
    FloatVector step1 = FloatVector.broadcast(FLOATS, -steps[first + 1] * deltas[first + 1]);
    FloatVector step2 = FloatVector.broadcast(FLOATS, -steps[first + 2] * deltas[first + 2]);
    FloatVector step3 = FloatVector.broadcast(FLOATS, -steps[first + 3] * deltas[first + 3]);
    for (int i = 0; i < w.stride(); i += LANES) {
      FloatVector input = load(x, i);
      FloatVector sum = backward(load(g, i), input, delta0, step0, page0, offset0 + i);
      sum = backward(sum, input, delta1, step1, page1, offset1 + i);
      sum = backward(sum, input, delta2, step2, page2, offset2 + i);
      sum = backward(sum, input, delta3, step3, page3, offset3 + i);
      sum.intoArray(g, i);
    }
  }

  /** Moves weights, and returns g with their share. */
  private static FloatVector backward(
      FloatVector g, FloatVector x, FloatVector delta, FloatVector step, float[] page, int offset) {
    FloatVector weights = load(page, offset);
    x.fma(step, weights).intoArray(page, offset);
    return weights.fma(delta, g);
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
        load(page, offset + i).add(load(sum, i)).intoArray(sum, i);
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
        FloatVector row = load(page, offset + i);
        FloatVector best = load(max, i);
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

  static void move(FloatVector g, FloatVector step, float[] page, int offset) {
    g.fma(step, load(page, offset)).intoArray(page, offset);
  }

  private static void scatterRowByRow(
      EmbeddingTable table, int[] ids, int from, int count, float[] steps, float[] g) {
    int stride = table.stride();
    for (int p = 0; p < count; p++) {
      float[] page = table.page(ids[from + p]);
      int offset = table.offset(ids[from + p]);
      FloatVector step = FloatVector.broadcast(FLOATS, -steps[p]);
      for (int i = 0; i < stride; i += LANES) {
        move(load(g, i), step, page, offset + i);
      }
    }
  }

  @Override
  public void adagrad(
      float rate, float[] g, float[] w, int wOffset, float[] s, int sOffset, int length) {
    FloatVector negative = FloatVector.broadcast(FLOATS, -rate);
    for (int i = 0; i < length; i += LANES) {
      FloatVector gradient = load(g, i);
      FloatVector sum = gradient.fma(gradient, load(s, sOffset + i));
      sum.intoArray(s, sOffset + i);
      gradient
          .mul(inverseRoot(sum.add(EPSILON)))
          .fma(negative, load(w, wOffset + i))
          .intoArray(w, wOffset + i);
    }
  }

  /**
   * 1/√x for x > 0 to 5e-6 relative: a guess from the halved exponent and two steps of Newton's
   * method, in a third of the time that a root and a division take.
   */
  private static FloatVector inverseRoot(FloatVector x) {
    IntVector guess = x.reinterpretAsInts().lanewise(VectorOperators.LSHR, 1);
    FloatVector y = IntVector.broadcast(INTS, INVERSE_ROOT_GUESS).sub(guess).reinterpretAsFloats();
    FloatVector minusHalf = x.mul(-0.5f);
    FloatVector threeHalves = FloatVector.broadcast(FLOATS, 1.5f);
    y = y.mul(y.mul(y).fma(minusHalf, threeHalves));
    return y.mul(y.mul(y).fma(minusHalf, threeHalves));
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
      FloatVector gradient = load(g, i).mul(alpha);
      FloatVector first = load(m, mOffset + i).mul(BETA1).add(gradient.mul(1 - BETA1));
      FloatVector second =
          load(v, vOffset + i).mul(BETA2).add(gradient.mul(gradient).mul(1 - BETA2));
      first.intoArray(m, mOffset + i);
      second.intoArray(v, vOffset + i);
      FloatVector step = first.mul(rate).div(second.sqrt().mul(c).add(EPSILON));
      load(w, wOffset + i).sub(step).intoArray(w, wOffset + i);
    }
  }

  @Override
  public void softmax(float[] x, int count) {
    Arrays.fill(x, count, x.length, Float.NEGATIVE_INFINITY);
    int length = EmbeddingTable.padded(count);
    FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < length; i += LANES) {
      largest = largest.max(load(x, i));
    }
    FloatVector shift = FloatVector.broadcast(FLOATS, largest.reduceLanes(VectorOperators.MAX));
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < length; i += LANES) {
      FloatVector e = exp(load(x, i).sub(shift));
      sum = sum.add(e);
      e.intoArray(x, i);
    }
    float scale = 1 / sum.reduceLanes(VectorOperators.ADD);
    for (int i = 0; i < length; i += LANES) {
      load(x, i).mul(scale).intoArray(x, i);
    }
  }

  /** {@link FastExp#exp} for x ≤ 0, NaN kept. */
  private static FloatVector exp(FloatVector x) {
    VectorMask<Float> vanishing = x.compare(VectorOperators.LT, FastExp.SMALLEST);
    FloatVector bounded = x.max(FastExp.SMALLEST);
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
    return fraction.mul(exponent.reinterpretAsFloats()).blend(FloatVector.zero(FLOATS), vanishing);
  }
}
