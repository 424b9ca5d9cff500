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
  private static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() <= EmbeddingTable.LANES
          ? FloatVector.SPECIES_PREFERRED
          : FloatVector.SPECIES_512;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final int LANES = FLOATS.length();

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

  @Override
  public void backward(
      float delta, float step, float[] w, int wOffset, float[] x, float[] g, int length) {
    FloatVector factor = FloatVector.broadcast(FLOATS, delta);
    FloatVector rate = FloatVector.broadcast(FLOATS, -step * delta);
    for (int i = 0; i < length; i += LANES) {
      FloatVector weights = FloatVector.fromArray(FLOATS, w, wOffset + i);
      weights.fma(factor, FloatVector.fromArray(FLOATS, g, i)).intoArray(g, i);
      FloatVector.fromArray(FLOATS, x, i).fma(rate, weights).intoArray(w, wOffset + i);
    }
  }

  @Override
  public void sum(EmbeddingTable table, int[] ids, int from, int count, float[] sum) {
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

  @Override
  public void adagrad(
      float rate, float[] g, float[] w, int wOffset, float[] s, int sOffset, int length) {
    FloatVector negative = FloatVector.broadcast(FLOATS, -rate);
    for (int i = 0; i < length; i += LANES) {
      FloatVector gradient = FloatVector.fromArray(FLOATS, g, i);
      FloatVector sum = gradient.fma(gradient, FloatVector.fromArray(FLOATS, s, sOffset + i));
      sum.intoArray(s, sOffset + i);
      gradient
          .mul(inverseRoot(sum.add(EPSILON)))
          .fma(negative, FloatVector.fromArray(FLOATS, w, wOffset + i))
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

  @Override
  public void softmax(float[] x, int count) {
    Arrays.fill(x, count, x.length, Float.NEGATIVE_INFINITY);
    int length = EmbeddingTable.padded(count);
    FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < length; i += LANES) {
      largest = largest.max(FloatVector.fromArray(FLOATS, x, i));
    }
    FloatVector shift = FloatVector.broadcast(FLOATS, largest.reduceLanes(VectorOperators.MAX));
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < length; i += LANES) {
      FloatVector e = exp(FloatVector.fromArray(FLOATS, x, i).sub(shift));
      sum = sum.add(e);
      e.intoArray(x, i);
    }
    float scale = 1 / sum.reduceLanes(VectorOperators.ADD);
    for (int i = 0; i < length; i += LANES) {
      FloatVector.fromArray(FLOATS, x, i).mul(scale).intoArray(x, i);
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
