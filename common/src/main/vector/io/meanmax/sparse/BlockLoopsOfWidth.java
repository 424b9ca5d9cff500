package io.meanmax.sparse;

import static io.meanmax.sparse.VectorApiMath.FLOATS;
import static io.meanmax.sparse.VectorApiMath.INTS;
import static io.meanmax.sparse.VectorApiMath.LANES;
import static io.meanmax.sparse.VectorApiMath.load;
import static io.meanmax.sparse.VectorApiMath.move;

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
 * that a test has set on one way and not on the other would be made objects (decision 25).
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

  /** A block's vector, or its last one where it has none at {@code index}. */
  private static FloatVector loadOrLast(float[] array, int offset, int index) {
    return load(array, offset + Math.min(index, WIDTH - 1) * LANES);
  }

  private static void store(FloatVector x, float[] array, int offset, int index) {
    if (index < WIDTH) {
      x.intoArray(array, offset + index * LANES);
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
      sum0 = sum0.add(load(page, offset));
      if (WIDTH > 1) {
        sum1 = sum1.add(load(page, offset + LANES));
      }
      if (WIDTH > 2) {
        sum2 = sum2.add(load(page, offset + 2 * LANES));
      }
      if (WIDTH > 3) {
        sum3 = sum3.add(load(page, offset + 3 * LANES));
      }
      if (WIDTH > 4) {
        sum4 = sum4.add(load(page, offset + 4 * LANES));
      }
      if (WIDTH > 5) {
        sum5 = sum5.add(load(page, offset + 5 * LANES));
      }
      if (WIDTH > 6) {
        sum6 = sum6.add(load(page, offset + 6 * LANES));
      }
      if (WIDTH > 7) {
        sum7 = sum7.add(load(page, offset + 7 * LANES));
      }
    }
    store(sum0, sum, component, 0);
    store(sum1, sum, component, 1);
    store(sum2, sum, component, 2);
    store(sum3, sum, component, 3);
    store(sum4, sum, component, 4);
    store(sum5, sum, component, 5);
    store(sum6, sum, component, 6);
    store(sum7, sum, component, 7);
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
    FloatVector max0 = loadOrLast(firstPage, firstOffset, 0);
    FloatVector max1 = loadOrLast(firstPage, firstOffset, 1);
    FloatVector max2 = loadOrLast(firstPage, firstOffset, 2);
    FloatVector max3 = loadOrLast(firstPage, firstOffset, 3);
    FloatVector max4 = loadOrLast(firstPage, firstOffset, 4);
    FloatVector max5 = loadOrLast(firstPage, firstOffset, 5);
    FloatVector max6 = loadOrLast(firstPage, firstOffset, 6);
    FloatVector max7 = loadOrLast(firstPage, firstOffset, 7);
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
      FloatVector row0 = load(page, offset);
      VectorMask<Float> greater0 = row0.compare(VectorOperators.GT, max0);
      max0 = max0.blend(row0, greater0);
      winner0 = winner0.blend(p, greater0.cast(INTS));
      if (WIDTH > 1) {
        FloatVector row1 = load(page, offset + LANES);
        VectorMask<Float> greater1 = row1.compare(VectorOperators.GT, max1);
        max1 = max1.blend(row1, greater1);
        winner1 = winner1.blend(p, greater1.cast(INTS));
      }
      if (WIDTH > 2) {
        FloatVector row2 = load(page, offset + 2 * LANES);
        VectorMask<Float> greater2 = row2.compare(VectorOperators.GT, max2);
        max2 = max2.blend(row2, greater2);
        winner2 = winner2.blend(p, greater2.cast(INTS));
      }
      if (WIDTH > 3) {
        FloatVector row3 = load(page, offset + 3 * LANES);
        VectorMask<Float> greater3 = row3.compare(VectorOperators.GT, max3);
        max3 = max3.blend(row3, greater3);
        winner3 = winner3.blend(p, greater3.cast(INTS));
      }
      if (WIDTH > 4) {
        FloatVector row4 = load(page, offset + 4 * LANES);
        VectorMask<Float> greater4 = row4.compare(VectorOperators.GT, max4);
        max4 = max4.blend(row4, greater4);
        winner4 = winner4.blend(p, greater4.cast(INTS));
      }
      if (WIDTH > 5) {
        FloatVector row5 = load(page, offset + 5 * LANES);
        VectorMask<Float> greater5 = row5.compare(VectorOperators.GT, max5);
        max5 = max5.blend(row5, greater5);
        winner5 = winner5.blend(p, greater5.cast(INTS));
      }
      if (WIDTH > 6) {
        FloatVector row6 = load(page, offset + 6 * LANES);
        VectorMask<Float> greater6 = row6.compare(VectorOperators.GT, max6);
        max6 = max6.blend(row6, greater6);
        winner6 = winner6.blend(p, greater6.cast(INTS));
      }
      if (WIDTH > 7) {
        FloatVector row7 = load(page, offset + 7 * LANES);
        VectorMask<Float> greater7 = row7.compare(VectorOperators.GT, max7);
        max7 = max7.blend(row7, greater7);
        winner7 = winner7.blend(p, greater7.cast(INTS));
      }
    }
    store(max0, winner0, max, winners, component, 0);
    store(max1, winner1, max, winners, component, 1);
    store(max2, winner2, max, winners, component, 2);
    store(max3, winner3, max, winners, component, 3);
    store(max4, winner4, max, winners, component, 4);
    store(max5, winner5, max, winners, component, 5);
    store(max6, winner6, max, winners, component, 6);
    store(max7, winner7, max, winners, component, 7);
  }

  private static void store(
      FloatVector max, IntVector winner, float[] maxima, int[] winners, int offset, int index) {
    if (index < WIDTH) {
      max.intoArray(maxima, offset + index * LANES);
      winner.intoArray(winners, offset + index * LANES);
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
    FloatVector g0 = loadOrLast(g, component, 0);
    FloatVector g1 = loadOrLast(g, component, 1);
    FloatVector g2 = loadOrLast(g, component, 2);
    FloatVector g3 = loadOrLast(g, component, 3);
    FloatVector g4 = loadOrLast(g, component, 4);
    FloatVector g5 = loadOrLast(g, component, 5);
    FloatVector g6 = loadOrLast(g, component, 6);
    FloatVector g7 = loadOrLast(g, component, 7);
    for (int p = 0; p < count; p++) {
      float[] page = table.page(ids[first + p]);
      int offset = table.offset(ids[first + p]) + component;
      FloatVector step = FloatVector.broadcast(FLOATS, -steps[p]);
      move(g0, step, page, offset);
      if (WIDTH > 1) {
        move(g1, step, page, offset + LANES);
      }
      if (WIDTH > 2) {
        move(g2, step, page, offset + 2 * LANES);
      }
      if (WIDTH > 3) {
        move(g3, step, page, offset + 3 * LANES);
      }
      if (WIDTH > 4) {
        move(g4, step, page, offset + 4 * LANES);
      }
      if (WIDTH > 5) {
        move(g5, step, page, offset + 5 * LANES);
      }
      if (WIDTH > 6) {
        move(g6, step, page, offset + 6 * LANES);
      }
      if (WIDTH > 7) {
        move(g7, step, page, offset + 7 * LANES);
      }
    }
  }
}
