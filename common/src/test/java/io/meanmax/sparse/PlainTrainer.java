package io.meanmax.sparse;

import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Pooling;
import io.meanmax.vocabulary.Vocabulary;
import java.util.Arrays;

/**
 * The trainer once more in doubles, as plainly as can be, with nothing of the kernel's code: what
 * {@link SparseOptimizer} promises, written down a second time.
 */
final class PlainTrainer {
  private static final double EPSILON = 1e-8;

  private final NetworkSpec spec;
  private final SparseOptimizer optimizer;
  private final Weights rows;
  private final Weights[] layers;

  /**
   * A matrix {@code [rows][columns]}, the last column of a layer being its bias, with its state.
   */
  private static final class Weights {
    final double[][] values;
    final double[][] first;
    final double[][] second;
    final double[] state;

    Weights(int rows, int columns) {
      values = new double[rows][columns];
      first = new double[rows][columns];
      second = new double[rows][columns];
      state = new double[rows];
    }

    void move(SparseOptimizer optimizer, boolean rowWise, int row, double[] g, double rate) {
      double[] w = values[row];
      double meanSquare = Arrays.stream(g).map(x -> x * x).sum() / g.length;
      double count = 0;
      if (optimizer == SparseOptimizer.ADAGRAD && rowWise) {
        state[row] += meanSquare;
      } else if (optimizer == SparseOptimizer.ADAM) {
        count = ++state[row];
      }
      for (int i = 0; i < w.length; i++) {
        if (optimizer == SparseOptimizer.SGD) {
          w[i] -= rate * g[i];
        } else if (optimizer == SparseOptimizer.ADAM) {
          first[row][i] = 0.9 * first[row][i] + 0.1 * g[i];
          second[row][i] = 0.999 * second[row][i] + 0.001 * g[i] * g[i];
          double m = first[row][i] / (1 - Math.pow(0.9, count));
          double v = second[row][i] / (1 - Math.pow(0.999, count));
          w[i] -= rate * m / (Math.sqrt(v) + EPSILON);
        } else if (rowWise) {
          w[i] -= rate * g[i] / Math.sqrt(state[row] + EPSILON);
        } else {
          first[row][i] += g[i] * g[i];
          w[i] -= rate * g[i] / Math.sqrt(first[row][i] + EPSILON);
        }
      }
    }
  }

  PlainTrainer(NetworkParameters initial, SparseOptimizer optimizer) {
    this.spec = initial.spec();
    this.optimizer = optimizer;
    this.rows = new Weights(spec.vocabularySize(), spec.dimension());
    if (optimizer == SparseOptimizer.ADAGRAD) {
      Arrays.fill(rows.state, 0.3);
    }
    for (int row = 0; row < spec.vocabularySize(); row++) {
      for (int i = 0; i < spec.dimension(); i++) {
        rows.values[row][i] = initial.embedding().row(row)[i];
      }
    }
    this.layers = new Weights[initial.layers().size()];
    for (int l = 0; l < layers.length; l++) {
      NetworkParameters.Layer layer = initial.layers().get(l);
      layers[l] = new Weights(layer.outputs(), layer.inputs() + 1);
      for (int o = 0; o < layer.outputs(); o++) {
        for (int i = 0; i < layer.inputs(); i++) {
          layers[l].values[o][i] = layer.weights()[i * layer.outputs() + o];
        }
        layers[l].values[o][layer.inputs()] = layer.bias()[o];
      }
    }
  }

  /** As {@link ExampleTrainer#train}. */
  double train(int[] features, int label, double weight, double rate) {
    int[] ids = Arrays.stream(features).filter(id -> id != Vocabulary.PAD).toArray();
    int d = spec.dimension();
    boolean mean = !(spec.pooling() instanceof Pooling.Max);
    boolean max = !(spec.pooling() instanceof Pooling.Mean);
    double[][] x = new double[layers.length + 1][];
    x[0] = new double[spec.pooledWidth()];
    int[] winners = new int[d];
    for (int i = 0; i < d; i++) {
      for (int p = 0; p < ids.length; p++) {
        double value = rows.values[ids[p]][i];
        winners[i] = value > rows.values[ids[winners[i]]][i] ? p : winners[i];
        x[0][i] += mean ? value / ids.length : 0;
      }
      if (max) {
        x[0][x[0].length - d + i] = rows.values[ids[winners[i]]][i];
      }
    }
    for (int l = 0; l < layers.length; l++) {
      x[l + 1] = forward(layers[l].values, x[l], l < layers.length - 1);
    }
    double[] delta = softmax(x[layers.length]);
    double loss = -weight * Math.log(delta[label]);
    delta[label] -= 1;
    for (int c = 0; c < delta.length; c++) {
      delta[c] *= weight;
    }
    for (int l = layers.length - 1; l >= 0; l--) {
      delta = backward(layers[l], delta, x[l], l > 0, weight, rate);
    }
    moveRows(ids, winners, delta, mean, max, rate);
    return loss;
  }

  private void moveRows(
      int[] ids, int[] winners, double[] delta, boolean mean, boolean max, double rate) {
    int d = spec.dimension();
    double[] ofMean = new double[d];
    double[][] ofMax = new double[ids.length][];
    for (int i = 0; i < d; i++) {
      ofMean[i] = mean ? delta[i] / ids.length : 0;
      if (max) {
        int p = winners[i];
        ofMax[p] = ofMax[p] == null ? new double[d] : ofMax[p];
        ofMax[p][i] = delta[delta.length - d + i];
      }
    }
    boolean apart = optimizer == SparseOptimizer.ADAGRAD;
    for (int p = 0; apart && p < ids.length; p++) {
      if (ofMax[p] != null) {
        rows.move(optimizer, !max, ids[p], ofMax[p], rate);
      }
    }
    for (int p = 0; p < ids.length; p++) {
      boolean won = !apart && ofMax[p] != null;
      double[] g = ofMean.clone();
      for (int i = 0; won && i < d; i++) {
        g[i] += ofMax[p][i];
      }
      if (mean || won) {
        rows.move(optimizer, !max, ids[p], g, rate);
      }
    }
  }

  private static double[] forward(double[][] w, double[] x, boolean tanh) {
    double[] y = new double[w.length];
    for (int o = 0; o < w.length; o++) {
      y[o] = w[o][x.length];
      for (int i = 0; i < x.length; i++) {
        y[o] += w[o][i] * x[i];
      }
      y[o] = tanh ? Math.tanh(y[o]) : y[o];
    }
    return y;
  }

  private static double[] softmax(double[] logits) {
    double sum = Arrays.stream(logits).map(Math::exp).sum();
    return Arrays.stream(logits).map(logit -> Math.exp(logit) / sum).toArray();
  }

  /** The gradient by the layer's input; below a tanh, by what goes into that. */
  private double[] backward(
      Weights layer, double[] delta, double[] x, boolean tanhBelow, double weight, double rate) {
    double[] below = new double[x.length];
    for (int o = 0; o < delta.length; o++) {
      if (Math.abs(delta[o]) > 1e-5 * weight) {
        double[] g = new double[x.length + 1];
        for (int i = 0; i < x.length; i++) {
          below[i] += delta[o] * layer.values[o][i];
          g[i] = delta[o] * x[i];
        }
        g[x.length] = delta[o];
        layer.move(optimizer, true, o, g, rate);
      }
    }
    for (int i = 0; tanhBelow && i < x.length; i++) {
      below[i] *= 1 - x[i] * x[i];
    }
    return below;
  }

  NetworkParameters parameters() {
    NetworkParameters parameters = NetworkParameters.zeros(spec);
    for (int row = 0; row < spec.vocabularySize(); row++) {
      float[] values = new float[spec.dimension()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) rows.values[row][i];
      }
      parameters.embedding().setRow(row, values, 0);
    }
    for (int l = 0; l < layers.length; l++) {
      NetworkParameters.Layer layer = parameters.layers().get(l);
      for (int o = 0; o < layer.outputs(); o++) {
        for (int i = 0; i < layer.inputs(); i++) {
          layer.weights()[i * layer.outputs() + o] = (float) layers[l].values[o][i];
        }
        layer.bias()[o] = (float) layers[l].values[o][layer.inputs()];
      }
    }
    return parameters;
  }
}
