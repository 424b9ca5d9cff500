package io.meanmax.sparse;

import static io.meanmax.sparse.VectorApiMath.FLOATS;
import static io.meanmax.sparse.VectorApiMath.INTS;
import static io.meanmax.sparse.VectorApiMath.LANES;

import io.meanmax.embedding.EmbeddingTable;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The loops over blocks of one width. {@link BlockLoops#ofWidth} makes a class from this one for
 * each width; this one itself is never initialised. The width is a constant, so the compiler leaves
 * out the tests for it, and each class is compiled for itself: with the width a parameter, vectors
 * that a test has set on one way and not on the other would be made objects (decision 25). Nor is a
 * vector handed to a method of ours, which the compiler might not inline (decision 27).
 */
final class BlockLoopsOfWidth implements BlockLoops {
  private static final int WIDTH = width();

  private static int width() {
    try {
      return MethodHandles.classData(
          MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, Integer.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("A class of its own lookup must be able to read its data", e);
    }
  }

  @Override
  public void sum(
      EmbeddingTable table, int[] ids, int first, int count, float[] sum, int component) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    FloatVector sum4 = sum0;
    FloatVector sum5 = sum0;
    FloatVector sum6 = sum0;
    FloatVector sum7 = sum0;
    for (int p = first; p < first + count; p++) {
      float[] page = table.page(ids[p]);
      int offset = table.offset(ids[p]) + component;
      sum0 = sum0.add(FloatVector.fromArray(FLOATS, page, offset));
      if (WIDTH > 1) {
        sum1 = sum1.add(FloatVector.fromArray(FLOATS, page, offset + LANES));
      }
      if (WIDTH > 2) {
        sum2 = sum2.add(FloatVector.fromArray(FLOATS, page, offset + 2 * LANES));
      }
      if (WIDTH > 3) {
        sum3 = sum3.add(FloatVector.fromArray(FLOATS, page, offset + 3 * LANES));
      }
      if (WIDTH > 4) {
        sum4 = sum4.add(FloatVector.fromArray(FLOATS, page, offset + 4 * LANES));
      }
      if (WIDTH > 5) {
        sum5 = sum5.add(FloatVector.fromArray(FLOATS, page, offset + 5 * LANES));
      }
      if (WIDTH > 6) {
        sum6 = sum6.add(FloatVector.fromArray(FLOATS, page, offset + 6 * LANES));
      }
      if (WIDTH > 7) {
        sum7 = sum7.add(FloatVector.fromArray(FLOATS, page, offset + 7 * LANES));
      }
    }
    sum0.intoArray(sum, component);
    if (WIDTH > 1) {
      sum1.intoArray(sum, component + LANES);
    }
    if (WIDTH > 2) {
      sum2.intoArray(sum, component + 2 * LANES);
    }
    if (WIDTH > 3) {
      sum3.intoArray(sum, component + 3 * LANES);
    }
    if (WIDTH > 4) {
      sum4.intoArray(sum, component + 4 * LANES);
    }
    if (WIDTH > 5) {
      sum5.intoArray(sum, component + 5 * LANES);
    }
    if (WIDTH > 6) {
      sum6.intoArray(sum, component + 6 * LANES);
    }
    if (WIDTH > 7) {
      sum7.intoArray(sum, component + 7 * LANES);
    }
  }

  @Override
  public void max(
      EmbeddingTable table,
      int[] ids,
      int first,
      int count,
      float[] max,
      int[] winners,
      int component) {
    float[] firstPage = table.page(ids[first]);
    int firstOffset = table.offset(ids[first]) + component;
    FloatVector max0 = FloatVector.fromArray(FLOATS, firstPage, firstOffset);
    FloatVector max1 =
        WIDTH > 1 ? FloatVector.fromArray(FLOATS, firstPage, firstOffset + LANES) : max0;
    FloatVector max2 =
        WIDTH > 2 ? FloatVector.fromArray(FLOATS, firstPage, firstOffset + 2 * LANES) : max0;
    FloatVector max3 =
        WIDTH > 3 ? FloatVector.fromArray(FLOATS, firstPage, firstOffset + 3 * LANES) : max0;
    FloatVector max4 =
        WIDTH > 4 ? FloatVector.fromArray(FLOATS, firstPage, firstOffset + 4 * LANES) : max0;
    FloatVector max5 =
        WIDTH > 5 ? FloatVector.fromArray(FLOATS, firstPage, firstOffset + 5 * LANES) : max0;
    FloatVector max6 =
        WIDTH > 6 ? FloatVector.fromArray(FLOATS, firstPage, firstOffset + 6 * LANES) : max0;
    FloatVector max7 =
        WIDTH > 7 ? FloatVector.fromArray(FLOATS, firstPage, firstOffset + 7 * LANES) : max0;
    IntVector winner0 = IntVector.zero(INTS);
    IntVector winner1 = winner0;
    IntVector winner2 = winner0;
    IntVector winner3 = winner0;
    IntVector winner4 = winner0;
    IntVector winner5 = winner0;
    IntVector winner6 = winner0;
    IntVector winner7 = winner0;
    for (int p = 1; p < count; p++) {
      float[] page = table.page(ids[first + p]);
      int offset = table.offset(ids[first + p]) + component;
      FloatVector row0 = FloatVector.fromArray(FLOATS, page, offset);
      VectorMask<Float> greater0 = row0.compare(VectorOperators.GT, max0);
      max0 = max0.blend(row0, greater0);
      winner0 = winner0.blend(p, greater0.cast(INTS));
      if (WIDTH > 1) {
        FloatVector row1 = FloatVector.fromArray(FLOATS, page, offset + LANES);
        VectorMask<Float> greater1 = row1.compare(VectorOperators.GT, max1);
        max1 = max1.blend(row1, greater1);
        winner1 = winner1.blend(p, greater1.cast(INTS));
      }
      if (WIDTH > 2) {
        FloatVector row2 = FloatVector.fromArray(FLOATS, page, offset + 2 * LANES);
        VectorMask<Float> greater2 = row2.compare(VectorOperators.GT, max2);
        max2 = max2.blend(row2, greater2);
        winner2 = winner2.blend(p, greater2.cast(INTS));
      }
      if (WIDTH > 3) {
        FloatVector row3 = FloatVector.fromArray(FLOATS, page, offset + 3 * LANES);
        VectorMask<Float> greater3 = row3.compare(VectorOperators.GT, max3);
        max3 = max3.blend(row3, greater3);
        winner3 = winner3.blend(p, greater3.cast(INTS));
      }
      if (WIDTH > 4) {
        FloatVector row4 = FloatVector.fromArray(FLOATS, page, offset + 4 * LANES);
        VectorMask<Float> greater4 = row4.compare(VectorOperators.GT, max4);
        max4 = max4.blend(row4, greater4);
        winner4 = winner4.blend(p, greater4.cast(INTS));
      }
      if (WIDTH > 5) {
        FloatVector row5 = FloatVector.fromArray(FLOATS, page, offset + 5 * LANES);
        VectorMask<Float> greater5 = row5.compare(VectorOperators.GT, max5);
        max5 = max5.blend(row5, greater5);
        winner5 = winner5.blend(p, greater5.cast(INTS));
      }
      if (WIDTH > 6) {
        FloatVector row6 = FloatVector.fromArray(FLOATS, page, offset + 6 * LANES);
        VectorMask<Float> greater6 = row6.compare(VectorOperators.GT, max6);
        max6 = max6.blend(row6, greater6);
        winner6 = winner6.blend(p, greater6.cast(INTS));
      }
      if (WIDTH > 7) {
        FloatVector row7 = FloatVector.fromArray(FLOATS, page, offset + 7 * LANES);
        VectorMask<Float> greater7 = row7.compare(VectorOperators.GT, max7);
        max7 = max7.blend(row7, greater7);
        winner7 = winner7.blend(p, greater7.cast(INTS));
      }
    }
    max0.intoArray(max, component);
    winner0.intoArray(winners, component);
    if (WIDTH > 1) {
      max1.intoArray(max, component + LANES);
      winner1.intoArray(winners, component + LANES);
    }
    if (WIDTH > 2) {
      max2.intoArray(max, component + 2 * LANES);
      winner2.intoArray(winners, component + 2 * LANES);
    }
    if (WIDTH > 3) {
      max3.intoArray(max, component + 3 * LANES);
      winner3.intoArray(winners, component + 3 * LANES);
    }
    if (WIDTH > 4) {
      max4.intoArray(max, component + 4 * LANES);
      winner4.intoArray(winners, component + 4 * LANES);
    }
    if (WIDTH > 5) {
      max5.intoArray(max, component + 5 * LANES);
      winner5.intoArray(winners, component + 5 * LANES);
    }
    if (WIDTH > 6) {
      max6.intoArray(max, component + 6 * LANES);
      winner6.intoArray(winners, component + 6 * LANES);
    }
    if (WIDTH > 7) {
      max7.intoArray(max, component + 7 * LANES);
      winner7.intoArray(winners, component + 7 * LANES);
    }
  }

  @Override
  public void scatter(
      EmbeddingTable table,
      int[] ids,
      int first,
      int count,
      float[] steps,
      float[] g,
      int component) {
    FloatVector g0 = FloatVector.fromArray(FLOATS, g, component);
    FloatVector g1 = WIDTH > 1 ? FloatVector.fromArray(FLOATS, g, component + LANES) : g0;
    FloatVector g2 = WIDTH > 2 ? FloatVector.fromArray(FLOATS, g, component + 2 * LANES) : g0;
    FloatVector g3 = WIDTH > 3 ? FloatVector.fromArray(FLOATS, g, component + 3 * LANES) : g0;
    FloatVector g4 = WIDTH > 4 ? FloatVector.fromArray(FLOATS, g, component + 4 * LANES) : g0;
    FloatVector g5 = WIDTH > 5 ? FloatVector.fromArray(FLOATS, g, component + 5 * LANES) : g0;
    FloatVector g6 = WIDTH > 6 ? FloatVector.fromArray(FLOATS, g, component + 6 * LANES) : g0;
    FloatVector g7 = WIDTH > 7 ? FloatVector.fromArray(FLOATS, g, component + 7 * LANES) : g0;
    for (int p = 0; p < count; p++) {
      float[] page = table.page(ids[first + p]);
      int offset = table.offset(ids[first + p]) + component;
      FloatVector step = FloatVector.broadcast(FLOATS, -steps[p]);
      g0.fma(step, FloatVector.fromArray(FLOATS, page, offset)).intoArray(page, offset);
      if (WIDTH > 1) {
        g1.fma(step, FloatVector.fromArray(FLOATS, page, offset + LANES))
            .intoArray(page, offset + LANES);
      }
      if (WIDTH > 2) {
        g2.fma(step, FloatVector.fromArray(FLOATS, page, offset + 2 * LANES))
            .intoArray(page, offset + 2 * LANES);
      }
      if (WIDTH > 3) {
        g3.fma(step, FloatVector.fromArray(FLOATS, page, offset + 3 * LANES))
            .intoArray(page, offset + 3 * LANES);
      }
      if (WIDTH > 4) {
        g4.fma(step, FloatVector.fromArray(FLOATS, page, offset + 4 * LANES))
            .intoArray(page, offset + 4 * LANES);
      }
      if (WIDTH > 5) {
        g5.fma(step, FloatVector.fromArray(FLOATS, page, offset + 5 * LANES))
            .intoArray(page, offset + 5 * LANES);
      }
      if (WIDTH > 6) {
        g6.fma(step, FloatVector.fromArray(FLOATS, page, offset + 6 * LANES))
            .intoArray(page, offset + 6 * LANES);
      }
      if (WIDTH > 7) {
        g7.fma(step, FloatVector.fromArray(FLOATS, page, offset + 7 * LANES))
            .intoArray(page, offset + 7 * LANES);
      }
    }
  }

  @Override
  public void partialProducts(
      float[] page, int offset, int stride, int count, float[] x, float[] parts, int component) {
    FloatVector x0 = FloatVector.fromArray(FLOATS, x, component);
    FloatVector x1 = WIDTH > 1 ? FloatVector.fromArray(FLOATS, x, component + LANES) : x0;
    FloatVector x2 = WIDTH > 2 ? FloatVector.fromArray(FLOATS, x, component + 2 * LANES) : x0;
    FloatVector x3 = WIDTH > 3 ? FloatVector.fromArray(FLOATS, x, component + 3 * LANES) : x0;
    FloatVector x4 = WIDTH > 4 ? FloatVector.fromArray(FLOATS, x, component + 4 * LANES) : x0;
    FloatVector x5 = WIDTH > 5 ? FloatVector.fromArray(FLOATS, x, component + 5 * LANES) : x0;
    FloatVector x6 = WIDTH > 6 ? FloatVector.fromArray(FLOATS, x, component + 6 * LANES) : x0;
    FloatVector x7 = WIDTH > 7 ? FloatVector.fromArray(FLOATS, x, component + 7 * LANES) : x0;
    for (int place = 0; place < count; place++) {
      int row = offset + place * stride + component;
      FloatVector sum = x0.mul(FloatVector.fromArray(FLOATS, page, row));
      if (WIDTH > 1) {
        sum = x1.fma(FloatVector.fromArray(FLOATS, page, row + LANES), sum);
      }
      if (WIDTH > 2) {
        sum = x2.fma(FloatVector.fromArray(FLOATS, page, row + 2 * LANES), sum);
      }
      if (WIDTH > 3) {
        sum = x3.fma(FloatVector.fromArray(FLOATS, page, row + 3 * LANES), sum);
      }
      if (WIDTH > 4) {
        sum = x4.fma(FloatVector.fromArray(FLOATS, page, row + 4 * LANES), sum);
      }
      if (WIDTH > 5) {
        sum = x5.fma(FloatVector.fromArray(FLOATS, page, row + 5 * LANES), sum);
      }
      if (WIDTH > 6) {
        sum = x6.fma(FloatVector.fromArray(FLOATS, page, row + 6 * LANES), sum);
      }
      if (WIDTH > 7) {
        sum = x7.fma(FloatVector.fromArray(FLOATS, page, row + 7 * LANES), sum);
      }
      sum.intoArray(parts, place * LANES);
    }
  }

  @Override
  public void backward(
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
      int component) {
    FloatVector x0 = FloatVector.fromArray(FLOATS, x, component);
    FloatVector x1 = WIDTH > 1 ? FloatVector.fromArray(FLOATS, x, component + LANES) : x0;
    FloatVector x2 = WIDTH > 2 ? FloatVector.fromArray(FLOATS, x, component + 2 * LANES) : x0;
    FloatVector x3 = WIDTH > 3 ? FloatVector.fromArray(FLOATS, x, component + 3 * LANES) : x0;
    FloatVector x4 = WIDTH > 4 ? FloatVector.fromArray(FLOATS, x, component + 4 * LANES) : x0;
    FloatVector x5 = WIDTH > 5 ? FloatVector.fromArray(FLOATS, x, component + 5 * LANES) : x0;
    FloatVector x6 = WIDTH > 6 ? FloatVector.fromArray(FLOATS, x, component + 6 * LANES) : x0;
    FloatVector x7 = WIDTH > 7 ? FloatVector.fromArray(FLOATS, x, component + 7 * LANES) : x0;
    FloatVector g0 = FloatVector.fromArray(FLOATS, g, component);
    FloatVector g1 = WIDTH > 1 ? FloatVector.fromArray(FLOATS, g, component + LANES) : g0;
    FloatVector g2 = WIDTH > 2 ? FloatVector.fromArray(FLOATS, g, component + 2 * LANES) : g0;
    FloatVector g3 = WIDTH > 3 ? FloatVector.fromArray(FLOATS, g, component + 3 * LANES) : g0;
    FloatVector g4 = WIDTH > 4 ? FloatVector.fromArray(FLOATS, g, component + 4 * LANES) : g0;
    FloatVector g5 = WIDTH > 5 ? FloatVector.fromArray(FLOATS, g, component + 5 * LANES) : g0;
    FloatVector g6 = WIDTH > 6 ? FloatVector.fromArray(FLOATS, g, component + 6 * LANES) : g0;
    FloatVector g7 = WIDTH > 7 ? FloatVector.fromArray(FLOATS, g, component + 7 * LANES) : g0;
    for (int p = from; p < to; p++) {
      int row = offset + units[p] * stride + component;
      FloatVector delta = FloatVector.broadcast(FLOATS, deltas[p]);
      FloatVector step = FloatVector.broadcast(FLOATS, -steps[p] * deltas[p]);
      FloatVector w0 = FloatVector.fromArray(FLOATS, page, row);
      g0 = w0.fma(delta, g0);
      x0.fma(step, w0).intoArray(page, row);
      if (WIDTH > 1) {
        FloatVector w1 = FloatVector.fromArray(FLOATS, page, row + LANES);
        g1 = w1.fma(delta, g1);
        x1.fma(step, w1).intoArray(page, row + LANES);
      }
      if (WIDTH > 2) {
        FloatVector w2 = FloatVector.fromArray(FLOATS, page, row + 2 * LANES);
        g2 = w2.fma(delta, g2);
        x2.fma(step, w2).intoArray(page, row + 2 * LANES);
      }
      if (WIDTH > 3) {
        FloatVector w3 = FloatVector.fromArray(FLOATS, page, row + 3 * LANES);
        g3 = w3.fma(delta, g3);
        x3.fma(step, w3).intoArray(page, row + 3 * LANES);
      }
      if (WIDTH > 4) {
        FloatVector w4 = FloatVector.fromArray(FLOATS, page, row + 4 * LANES);
        g4 = w4.fma(delta, g4);
        x4.fma(step, w4).intoArray(page, row + 4 * LANES);
      }
      if (WIDTH > 5) {
        FloatVector w5 = FloatVector.fromArray(FLOATS, page, row + 5 * LANES);
        g5 = w5.fma(delta, g5);
        x5.fma(step, w5).intoArray(page, row + 5 * LANES);
      }
      if (WIDTH > 6) {
        FloatVector w6 = FloatVector.fromArray(FLOATS, page, row + 6 * LANES);
        g6 = w6.fma(delta, g6);
        x6.fma(step, w6).intoArray(page, row + 6 * LANES);
      }
      if (WIDTH > 7) {
        FloatVector w7 = FloatVector.fromArray(FLOATS, page, row + 7 * LANES);
        g7 = w7.fma(delta, g7);
        x7.fma(step, w7).intoArray(page, row + 7 * LANES);
      }
    }
    g0.intoArray(g, component);
    if (WIDTH > 1) {
      g1.intoArray(g, component + LANES);
    }
    if (WIDTH > 2) {
      g2.intoArray(g, component + 2 * LANES);
    }
    if (WIDTH > 3) {
      g3.intoArray(g, component + 3 * LANES);
    }
    if (WIDTH > 4) {
      g4.intoArray(g, component + 4 * LANES);
    }
    if (WIDTH > 5) {
      g5.intoArray(g, component + 5 * LANES);
    }
    if (WIDTH > 6) {
      g6.intoArray(g, component + 6 * LANES);
    }
    if (WIDTH > 7) {
      g7.intoArray(g, component + 7 * LANES);
    }
  }
}
