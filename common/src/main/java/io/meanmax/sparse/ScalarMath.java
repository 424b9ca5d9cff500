package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.util.Arrays;

/** The inner loops as the formulas read. */
final class ScalarMath implements VectorMath {

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
    // Four sums, because one would wait for each addition to end before the next.
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    for (int i = 0; i < length; i += 4) {
      s0 += a[aOffset + i] * b[bOffset + i];
      s1 += a[aOffset + i + 1] * b[bOffset + i + 1];
      s2 += a[aOffset + i + 2] * b[bOffset + i + 2];
      s3 += a[aOffset + i + 3] * b[bOffset + i + 3];
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public void gemv(EmbeddingTable w, int units, float[] x, float[] y, float[] scratch) {
    for (int unit = 0; unit < units; unit++) {
      y[unit] += dot(w.page(unit), w.offset(unit), x, 0, w.stride());
    }
  }

  @Override
  public void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int length) {
    for (int i = 0; i < length; i++) {
      y[yOffset + i] += alpha * x[xOffset + i];
    }
  }

  @Override
  public void compareChanges(
      float[] a, float[] b, float[] old, int offset, int length, float[] products) {
    Arrays.fill(products, 0);
    for (int i = 0; i < length; i++) {
      float x = a[offset + i] - old[offset + i];
      float y = b[offset + i] - old[offset + i];
      products[0] += x * y;
      products[1] += x * x;
      products[2] += y * y;
    }
  }

  @Override
  public void mergeChanges(
      float alpha, float[] a, float beta, float[] b, float[] old, int offset, int length) {
    for (int i = 0; i < length; i++) {
      float before = old[offset + i];
      float theirs = b[offset + i];
      float merged = theirs + alpha * (a[offset + i] - before) + beta * (theirs - before);
      a[offset + i] = merged;
      b[offset + i] = merged;
      old[offset + i] = merged;
    }
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
    for (int p = 0; p < count; p++) {
      float[] page = w.page(units[p]);
      int offset = w.offset(units[p]);
      axpy(deltas[p], page, offset, g, 0, w.stride());
      axpy(-steps[p] * deltas[p], x, 0, page, offset, w.stride());
    }
  }

  @Override
  public void sum(EmbeddingTable table, int[] ids, int from, int count, float[] sum) {
    int stride = table.stride();
    Arrays.fill(sum, 0, stride, 0);
    for (int p = 0; p < count; p++) {
      axpy(1, table.page(ids[from + p]), table.offset(ids[from + p]), sum, 0, stride);
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
      for (int i = 0; i < stride; i++) {
        if (page[offset + i] > max[i]) {
          max[i] = page[offset + i];
          winners[i] = p;
        }
      }
    }
  }

  @Override
  public void scatter(
      EmbeddingTable table, int[] ids, int from, int count, float[] steps, float[] g) {
    for (int p = 0; p < count; p++) {
      axpy(-steps[p], g, 0, table.page(ids[from + p]), table.offset(ids[from + p]), table.stride());
    }
  }

  @Override
  public void adagrad(
      float rate,
      float[] g,
      EmbeddingTable table,
      EmbeddingTable sums,
      int[] ids,
      int from,
      int count) {
    for (int p = from; p < from + count; p++) {
      float[] w = table.page(ids[p]);
      float[] s = sums.page(ids[p]);
      int wOffset = table.offset(ids[p]);
      int sOffset = sums.offset(ids[p]);
      for (int i = 0; i < table.stride(); i++) {
        s[sOffset + i] += g[i] * g[i];
        w[wOffset + i] -= rate * g[i] / (float) Math.sqrt(s[sOffset + i] + EPSILON);
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
    for (int i = 0; i < length; i++) {
      float gradient = alpha * g[i];
      float first = BETA1 * m[mOffset + i] + (1 - BETA1) * gradient;
      float second = BETA2 * v[vOffset + i] + (1 - BETA2) * gradient * gradient;
      m[mOffset + i] = first;
      v[vOffset + i] = second;
      w[wOffset + i] -= rate * first / ((float) Math.sqrt(second) * c + EPSILON);
    }
  }

  @Override
  public void softmax(float[] x, int count) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, x[i]);
    }
    float sum = 0;
    for (int i = 0; i < count; i++) {
      x[i] = FastExp.exp(x[i] - largest);
      sum += x[i];
    }
    float scale = 1 / sum;
    for (int i = 0; i < count; i++) {
      x[i] *= scale;
    }
    Arrays.fill(x, count, x.length, 0);
  }
}
