package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Merges what workers made of one model in a round: {@code new = old + Σ nᵢ(rowᵢ − old) / D}, over
 * the workers i that touched the row, nᵢ the weight of worker i (its examples). What D is, is the
 * {@link Rule}. Layers are touched by every worker and are always averaged; so are Adam's moments
 * of a row over those that touched it, for they are averages themselves: decays that add up would
 * leave second moments below 0.
 */
public final class ModelMerge {

  /** What the weighted changes of a row are divided by. */
  public enum Rule {
    /** The weights of the workers that touched the row: their average. */
    TOUCHED,
    /** The weights of all workers: plain parameter averaging; untouched counts as unchanged. */
    ALL,
    /** The mean weight of a worker: changes add up, as if made one after another. */
    SUM
  }

  private ModelMerge() {}

  /**
   * Merges changes into a model.
   *
   * @param model as all workers had it before the round; it is updated
   * @param changes what each made of it
   * @param weights of the workers, each at least 0, together above 0; what a worker of weight 0 did
   *     is lost
   * @return the rows that changed, as they stand now
   */
  public static ModelChange merge(
      SparseModel model, List<ModelChange> changes, double[] weights, Rule rule) {
    double all = Arrays.stream(weights).sum();
    int[] rows = union(model, changes);
    int[] places = new int[model.touched.length];
    for (int index = 0; index < rows.length; index++) {
      places[rows[index]] = index;
    }
    ModelChange sum = ModelChange.zeros(model, rows);
    double[] rowWeights = new double[rows.length];
    for (int worker = 0; worker < changes.size(); worker++) {
      add(model, changes.get(worker), weights[worker], sum, rowWeights, places);
    }
    double[] divisors = divisors(rowWeights, all, weights.length, rule);
    boolean averaged = model.optimizer == SparseOptimizer.ADAM;
    finish(model, sum, divisors, averaged ? rowWeights : divisors, all);
    sum.applyTo(model);
    return sum;
  }

  private static int[] union(SparseModel model, List<ModelChange> changes) {
    BitSet touched = new BitSet(model.touched.length);
    for (ModelChange change : changes) {
      for (int row : change.rows) {
        touched.set(row);
      }
    }
    return touched.stream().toArray();
  }

  private static void add(
      SparseModel model,
      ModelChange change,
      double weight,
      ModelChange sum,
      double[] rowWeights,
      int[] places) {
    EmbeddingTable[] tables = model.tables();
    float n = (float) weight;
    for (int index = 0; index < change.rows.length; index++) {
      int row = change.rows[index];
      int place = places[row];
      for (int block = 0; block < sum.blocks.length; block++) {
        sum.blocks[block].addDifference(place, n, change.blocks[block], index, tables[block], row);
      }
      sum.rowState[place] += n * (change.rowState[index] - model.rowState[row]);
      rowWeights[place] += weight;
    }
    for (int l = 0; l < change.layers.length; l++) {
      for (int i = 0; i < change.layers[l].length; i++) {
        sum.layers[l][i] += n * change.layers[l][i];
      }
    }
  }

  /** 0 for a row that only workers of weight 0 touched: it stays as it was. */
  private static float inverse(double divisor) {
    return divisor > 0 ? (float) (1 / divisor) : 0;
  }

  private static double[] divisors(double[] rowWeights, double all, int workers, Rule rule) {
    return switch (rule) {
      case TOUCHED -> rowWeights;
      case ALL -> filled(rowWeights.length, all);
      case SUM -> filled(rowWeights.length, all / workers);
    };
  }

  private static double[] filled(int length, double value) {
    double[] array = new double[length];
    Arrays.fill(array, value);
    return array;
  }

  private static void finish(
      SparseModel model, ModelChange sum, double[] divisors, double[] momentDivisors, double all) {
    EmbeddingTable[] tables = model.tables();
    for (int index = 0; index < sum.rows.length; index++) {
      int row = sum.rows[index];
      float scale = inverse(divisors[index]);
      float momentScale = inverse(momentDivisors[index]);
      for (int block = 0; block < sum.blocks.length; block++) {
        sum.blocks[block].finishDifference(
            index, block == 0 ? scale : momentScale, tables[block], row);
      }
      sum.rowState[index] = model.rowState[row] + scale * sum.rowState[index];
    }
    float scale = (float) (1 / all);
    for (float[] layer : sum.layers) {
      for (int i = 0; i < layer.length; i++) {
        layer[i] *= scale;
      }
    }
  }
}
