package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Merges what workers made of one model in a round: {@code new = old + Σ nᵢ(rowᵢ − old) / D}, over
 * the workers i that touched the row, nᵢ the weight of worker i (its examples). What D is, is the
 * {@link Rule}; {@link Rule#ADASUM} leaves out of the sum what workers found in common. Layers are
 * touched by every worker: with {@link Rule#ADASUM} the weights and bias of each unit are merged as
 * a row is, else they are averaged; the units' state is always averaged. So are Adam's moments of a
 * row over those that touched it, for they are averages themselves: decays that add up would leave
 * second moments below 0.
 */
public final class ModelMerge {

  /** What the weighted changes of a row are divided by. */
  public enum Rule {
    /**
     * The mean weight of a worker, as with {@link #SUM}, but what is common to the changes counts
     * once: {@link AdaptiveSum}. State, which is not a direction, adds up.
     */
    ADASUM,
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
    ModelChange merged = merged(model, changes, weights, rule, 0, model.touched.length);
    merged.applyTo(model);
    return merged;
  }

  /**
   * Merges the changes of a range of rows, and leaves the model as it is.
   *
   * @param model as all workers had it before the round
   * @param changes what each made of it, of those rows at least
   * @param weights as above
   * @param from first row; the layers are merged with row 0
   * @param to the row after the last
   * @return the rows that changed, as they are to stand
   */
  public static ModelChange merged(
      SparseModel model, List<ModelChange> changes, double[] weights, Rule rule, int from, int to) {
    double all = Arrays.stream(weights).sum();
    double mean = all / Arrays.stream(weights).filter(weight -> weight > 0).count();
    int[] rows = union(changes, from, to);
    int[] places = new int[to - from];
    for (int index = 0; index < rows.length; index++) {
      places[rows[index] - from] = index;
    }
    ModelChange sum = ModelChange.zeros(model, rows, from == 0);
    double[] rowWeights = new double[rows.length];
    boolean adaptive = rule == Rule.ADASUM;
    for (int worker = 0; worker < changes.size(); worker++) {
      ModelChange change = changes.get(worker);
      int end = change.placeOf(to);
      for (int index = change.placeOf(from); index < end; index++) {
        int place = places[change.rows[index] - from];
        rowWeights[place] += weights[worker];
        addRow(model, change, index, weights[worker], sum, place, adaptive ? 1 : 0);
      }
      addLayers(change, weights[worker], sum);
    }
    double[] divisors = divisors(rowWeights, all, mean, rule);
    boolean averaged = model.optimizer == SparseOptimizer.ADAM;
    finish(model, sum, divisors, averaged ? rowWeights : divisors, all);
    if (adaptive) {
      float[] shares = new float[weights.length];
      for (int worker = 0; worker < shares.length; worker++) {
        shares[worker] = (float) (weights[worker] / mean);
      }
      addUpRows(model, changes, shares, sum, from);
      addUpUnits(model, changes, shares, sum);
    }
    return sum;
  }

  private static int[] union(List<ModelChange> changes, int from, int to) {
    BitSet touched = new BitSet(to - from);
    for (ModelChange change : changes) {
      int end = change.placeOf(to);
      for (int index = change.placeOf(from); index < end; index++) {
        touched.set(change.rows[index] - from);
      }
    }
    return touched.stream().map(row -> from + row).toArray();
  }

  private static void addRow(
      SparseModel model,
      ModelChange change,
      int index,
      double weight,
      ModelChange sum,
      int place,
      int firstBlock) {
    int row = change.rows[index];
    float n = (float) weight;
    for (int block = firstBlock; block < sum.blocks.length; block++) {
      sum.blocks[block].addDifference(
          place, n, change.blocks[block], index, model.table(block), row);
    }
    sum.rowState[place] += n * (change.rowState[index] - model.rowState[row]);
  }

  private static void addLayers(ModelChange change, double weight, ModelChange sum) {
    float n = (float) weight;
    for (int l = 0; l < sum.layers.length; l++) {
      for (int i = 0; i < sum.layers[l].length; i++) {
        sum.layers[l][i] += n * change.layers[l][i];
      }
    }
  }

  /** 0 for a row that only workers of weight 0 touched: it stays as it was. */
  private static float inverse(double divisor) {
    return divisor > 0 ? (float) (1 / divisor) : 0;
  }

  private static double[] divisors(double[] rowWeights, double all, double mean, Rule rule) {
    return switch (rule) {
      case TOUCHED -> rowWeights;
      case ALL -> filled(rowWeights.length, all);
      case SUM, ADASUM -> filled(rowWeights.length, mean);
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

  /** Vectors of the rows, each over the workers that touched it. */
  private static void addUpRows(
      SparseModel model, List<ModelChange> changes, float[] shares, ModelChange sum, int from) {
    AdaptiveSum row =
        new AdaptiveSum(changes.size(), model.spec.dimension(), MathSelection.SELECTED);
    int[] next = changes.stream().mapToInt(change -> change.placeOf(from)).toArray();
    for (int index = 0; index < sum.rows.length; index++) {
      int id = sum.rows[index];
      for (int worker = 0; worker < next.length; worker++) {
        ModelChange change = changes.get(worker);
        if (next[worker] < change.rows.length && change.rows[next[worker]] == id) {
          change.blocks[0].difference(
              next[worker]++, shares[worker], model.embedding, id, row.next());
        }
      }
      sum.blocks[0].set(index, model.embedding, id, row.take());
    }
  }

  /** Weights and bias of each unit of each layer. */
  private static void addUpUnits(
      SparseModel model, List<ModelChange> changes, float[] shares, ModelChange sum) {
    for (int l = 0; l < sum.layers.length; l++) {
      TrainableLayer layer = model.layers.get(l);
      float[] old = new float[layer.size()];
      layer.copyTo(old);
      AdaptiveSum unit = new AdaptiveSum(changes.size(), layer.inputs + 1, MathSelection.SELECTED);
      for (int o = 0; o < layer.outputs; o++) {
        int weights = layer.placeOfWeights(o);
        int bias = layer.placeOfBias(o);
        for (int worker = 0; worker < changes.size(); worker++) {
          float[] changed = changes.get(worker).layers[l];
          float[] difference = unit.next();
          for (int i = 0; i < layer.inputs; i++) {
            difference[i] = shares[worker] * (changed[weights + i] - old[weights + i]);
          }
          difference[layer.inputs] = shares[worker] * (changed[bias] - old[bias]);
        }
        float[] total = unit.take();
        for (int i = 0; i < layer.inputs; i++) {
          sum.layers[l][weights + i] = old[weights + i] + total[i];
        }
        sum.layers[l][bias] = old[bias] + total[layer.inputs];
      }
    }
  }
}
