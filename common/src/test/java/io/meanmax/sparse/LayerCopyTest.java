package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LayerCopyTest {
  private static SparseModel model(List<Integer> dense, SparseOptimizer optimizer) {
    NetworkSpec spec = new NetworkSpec(5, 3, new Pooling.Mean(), dense, new Output.Softmax(7));
    return SparseModel.of(NetworkParameters.initial(spec, 1), optimizer);
  }

  /** A layer of 18 floats a label: 16 weights, for 3 are padded, the bias and Adagrad's sum. */
  private static SparseModel model(int labels) {
    NetworkSpec spec =
        new NetworkSpec(5, 3, new Pooling.Mean(), List.of(), new Output.Softmax(labels));
    return SparseModel.of(NetworkParameters.initial(spec, 1), SparseOptimizer.ADAGRAD);
  }

  private static float[] numbers(TrainableLayer layer) {
    float[] numbers = new float[layer.size()];
    layer.copyTo(numbers);
    return numbers;
  }

  /** Whole numbers, so that sums of floats are exact in any order. */
  private static void change(TrainableLayer layer, float[] sum, Random random) {
    float[] numbers = numbers(layer);
    for (int i = 0; i < numbers.length; i++) {
      int change = random.nextInt(9) - 4;
      numbers[i] += change;
      sum[i] += change;
    }
    layer.copyFrom(numbers);
  }

  private static LayerCopy copy(SparseModel model) {
    LayerCopy copy = new LayerCopy(model.layers.get(0));
    copy.takeOver();
    return copy;
  }

  private static void clear(SparseModel model) {
    model.layers.forEach(layer -> layer.copyFrom(new float[layer.size()]));
  }

  @Test
  void exchange_addsWhatEachChanged_andHandsOutTheSum() {
    SparseModel model = model(List.of(), SparseOptimizer.ADAGRAD);
    clear(model);
    LayerCopy one = copy(model);
    LayerCopy other = copy(model);
    one.own().bias[2] += 3;
    one.own().unitState[2] += 5;
    other.own().bias[2] += 4;
    assertThat(model.layers.get(0).bias[2]).isZero();
    one.exchange();
    assertThat(model.layers.get(0).bias[2]).isEqualTo(3);
    assertThat(other.own().bias[2]).isEqualTo(4);
    other.exchange();
    assertThat(model.layers.get(0).bias[2]).isEqualTo(7);
    assertThat(other.own().bias[2]).isEqualTo(7);
    assertThat(other.own().unitState[2]).isEqualTo(5);
    assertThat(one.own().bias[2]).isEqualTo(3);
    one.exchange();
    assertThat(one.own().bias[2]).isEqualTo(7);
    assertThat(model.layers.get(0).bias[2]).isEqualTo(7);
  }

  @Test
  void takeOver_forgetsWhatWasNotExchanged() {
    SparseModel model = model(List.of(), SparseOptimizer.ADAGRAD);
    clear(model);
    LayerCopy copy = copy(model);
    copy.own().bias[0] = 9;
    model.layers.get(0).bias[0] = 2;
    copy.takeOver();
    copy.exchange();
    assertThat(model.layers.get(0).bias[0]).isEqualTo(2);
    assertThat(copy.own().bias[0]).isEqualTo(2);
  }

  @Test
  void nothingIsLost_whateverThreadExchangesWhen() {
    SparseModel model = model(List.of(), SparseOptimizer.ADAGRAD);
    clear(model);
    int size = model.layers.get(0).size();
    List<CompletableFuture<float[]>> threads = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      Random random = new Random(seed);
      threads.add(
          CompletableFuture.supplyAsync(
              () -> {
                LayerCopy copy = copy(model);
                float[] sum = new float[size];
                for (int step = 0; step < 500; step++) {
                  change(copy.own(), sum, random);
                  if (random.nextInt(3) == 0) {
                    copy.exchange();
                  }
                }
                copy.exchange();
                return sum;
              }));
    }
    float[] sum = new float[size];
    for (CompletableFuture<float[]> thread : threads) {
      float[] part = thread.join();
      for (int i = 0; i < size; i++) {
        sum[i] += part[i];
      }
    }
    assertThat(numbers(model.layers.get(0))).isEqualTo(sum);
  }

  @Test
  void copies_areForOutputLayersOfSomeSizeAndAdagradAlone() {
    assertThat(LayerCopy.helps(model(List.of(), SparseOptimizer.ADAGRAD))).isTrue();
    assertThat(LayerCopy.helps(model(LayerCopy.MOST_FLOATS / 18))).isTrue();
    assertThat(LayerCopy.helps(model(LayerCopy.MOST_FLOATS / 18 + 1))).isFalse();
    assertThat(LayerCopy.helps(model(List.of(4), SparseOptimizer.ADAGRAD))).isTrue();
    assertThat(LayerCopy.helps(model(List.of(), SparseOptimizer.SGD))).isFalse();
    assertThat(LayerCopy.helps(model(List.of(), SparseOptimizer.ADAM))).isFalse();
  }
}
