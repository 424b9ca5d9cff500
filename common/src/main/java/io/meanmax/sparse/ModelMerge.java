package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Merges what workers made of one model in a round: {@code new = old + f Σ nᵢ(rowᵢ − old) / D},
 * over the workers i that touched the row, nᵢ the weight of worker i (its examples). What D and f
 * are, is the {@link Rule}. Layers are touched by every worker and averaged, with {@link Rule#NORM}
 * the weights and bias of each unit times an f of their own. Averaged are, too, the units' state
 * and, over those that touched a row, Adam's moments and count of steps: moments are averages
 * themselves, and decays that add up would leave second ones below 0; the count says what part of
 * an average the moments have of it, so it is that of one worker, not of all.
 */
public final class ModelMerge {

  /** What the weighted changes of a row are divided by, and how far the row moves their way. */
  public enum Rule {
    /**
     * As far as a worker did. D as with {@link #TOUCHED}, which gives the mean change, and f its
     * way to the root mean square of the changes' lengths, 1 to the root of the number of workers:
     * what all found in common is not taken many times, and what each found for itself is not
     * averaged away. Rows that have a state for each component, whose changes have little in
     * common, add up as with {@link #SUM}.
     */
    NORM,
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
    Spread spread = rule == Rule.NORM && model.isRowWise() ? new Spread(rows.length) : null;
    for (int worker = 0; worker < changes.size(); worker++) {
      ModelChange change = changes.get(worker);
      double weight = weights[worker];
      int end = change.placeOf(to);
      for (int index = change.placeOf(from); index < end; index++) {
        int place = places[change.rows[index] - from];
        rowWeights[place] += weight;
        addRow(model, change, index, weight, sum, place);
        if (spread != null && weight > 0) {
          int row = change.rows[index];
          spread.add(
              place, weight * change.blocks[0].squareOfDifference(index, model.embedding, row));
        }
      }
      addLayers(change, weight, sum);
    }
    double[] divisors =
        switch (rule) {
          case TOUCHED -> rowWeights;
          case ALL -> filled(rows.length, all);
          case SUM -> filled(rows.length, mean);
          case NORM -> spread == null ? filled(rows.length, mean) : rowWeights;
        };
    boolean averaged = model.optimizer == SparseOptimizer.ADAM;
    finish(model, sum, divisors, averaged ? rowWeights : divisors, spread, all);
    if (rule == Rule.NORM) {
      stretchUnits(model, changes, weights, all, sum);
    }
    return sum;
  }

  /** How long the changes of rows were. */
  private static final class Spread {
    private final double[] squares;
    private final int[] workers;

    Spread(int rows) {
      this.squares = new double[rows];
      this.workers = new int[rows];
    }

    void add(int place, double weightedSquare) {
      squares[place] += weightedSquare;
      workers[place]++;
    }

    /** f of a row whose weighted changes add up to a vector of this square. */
    double stretch(int place, double weights, double square) {
      return ModelMerge.stretch(
          squares[place] / weights, square / (weights * weights), workers[place]);
    }
  }

  /**
   * How much longer the workers' changes were than their mean.
   *
   * @param square the mean of the changes' squares
   * @param squareOfMean the square of their mean
   */
  private static double stretch(double square, double squareOfMean, int workers) {
    if (squareOfMean < Float.MIN_NORMAL) {
      return 1;
    }
    return Math.max(1, Math.min(Math.sqrt(workers), Math.sqrt(square / squareOfMean)));
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
      SparseModel model, ModelChange change, int index, double weight, ModelChange sum, int place) {
    int row = change.rows[index];
    float n = (float) weight;
    for (int block = 0; block < sum.blocks.length; block++) {
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

  private static double[] filled(int length, double value) {
    double[] array = new double[length];
    Arrays.fill(array, value);
    return array;
  }

  private static void finish(
      SparseModel model,
      ModelChange sum,
      double[] divisors,
      double[] momentDivisors,
      Spread spread,
      double all) {
    EmbeddingTable[] tables = model.tables();
    for (int index = 0; index < sum.rows.length; index++) {
      int row = sum.rows[index];
      float scale = inverse(divisors[index]);
      float momentScale = inverse(momentDivisors[index]);
      float rowScale = scale;
      if (spread != null && divisors[index] > 0) {
        double square = sum.blocks[0].square(index);
        rowScale *= (float) spread.stretch(index, divisors[index], square);
      }
      for (int block = 0; block < sum.blocks.length; block++) {
        sum.blocks[block].finishDifference(
            index, block == 0 ? rowScale : momentScale, tables[block], row);
      }
      sum.rowState[index] = model.rowState[row] + momentScale * sum.rowState[index];
    }
    float scale = (float) (1 / all);
    for (float[] layer : sum.layers) {
      for (int i = 0; i < layer.length; i++) {
        layer[i] *= scale;
      }
    }
  }

  /** Weights and bias of each unit of each layer, which are the workers' average so far. */
  private static void stretchUnits(
      SparseModel model,
      List<ModelChange> changes,
      double[] weights,
      double all,
      ModelChange merged) {
    int workers = (int) Arrays.stream(weights).filter(weight -> weight > 0).count();
    for (int l = 0; l < merged.layers.length; l++) {
      TrainableLayer layer = model.layers.get(l);
      float[] old = new float[layer.size()];
      layer.copyTo(old);
      float[] mean = merged.layers[l];
      for (int o = 0; o < layer.outputs; o++) {
        double square = 0;
        for (int worker = 0; worker < weights.length; worker++) {
          float[] changed = changes.get(worker).layers[l];
          square += weights[worker] / all * squareOfUnit(layer, o, changed, old);
        }
        float stretch = (float) stretch(square, squareOfUnit(layer, o, mean, old), workers);
        int first = layer.placeOfWeights(o);
        for (int i = first; i < first + layer.inputs; i++) {
          mean[i] = old[i] + stretch * (mean[i] - old[i]);
        }
        int bias = layer.placeOfBias(o);
        mean[bias] = old[bias] + stretch * (mean[bias] - old[bias]);
      }
    }
  }

  private static double squareOfUnit(TrainableLayer layer, int unit, float[] changed, float[] old) {
    int first = layer.placeOfWeights(unit);
    int bias = layer.placeOfBias(unit);
    double ofBias = (double) changed[bias] - old[bias];
    double square = ofBias * ofBias;
    for (int i = first; i < first + layer.inputs; i++) {
      double difference = (double) changed[i] - old[i];
      square += difference * difference;
    }
    return square;
  }
}
