package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerCopyTest {
  private static final int THREADS = 4;

  private static SparseModel model(List<Integer> dense, SparseOptimizer optimizer) {
    NetworkSpec spec = new NetworkSpec(5, 3, new Pooling.Mean(), dense, new Output.Softmax(7));
    return SparseModel.initial(spec, 1, optimizer);
  }

  /** A layer of 18 floats a label: 16 weights, for 3 are padded, the bias and Adagrad's sum. */
  private static SparseModel model(int labels) {
    NetworkSpec spec =
        new NetworkSpec(5, 3, new Pooling.Mean(), List.of(), new Output.Softmax(labels));
    return SparseModel.initial(spec, 1, SparseOptimizer.ADAGRAD);
  }

  private static float[] numbers(TrainableLayer layer) {
    float[] numbers = new float[layer.size()];
    layer.copyTo(numbers);
    return numbers;
  }

  /** Whole numbers, so that sums of floats are exact in any order. */
  private static void change(
      TrainableLayer layer, float[] sum, Random random, int from, int apart) {
    float[] numbers = numbers(layer);
    for (int i = from; i < numbers.length; i += apart) {
      int change = random.nextInt(9) - 4;
      numbers[i] += change;
      sum[i] += change;
    }
    layer.copyFrom(numbers);
  }

  private static LayerCopy copy(SparseModel model) {
    return copy(model, LayerCopy::ofDense);
  }

  private static LayerCopy copy(SparseModel model, Function<TrainableLayer, LayerCopy> kind) {
    LayerCopy copy = kind.apply(model.layers.get(0));
    copy.takeOver();
    return copy;
  }

  /** Adds to the first two weights, the bias and the state of a unit. */
  private static void change(
      LayerCopy copy, int unit, float first, float second, float bias, float state) {
    TrainableLayer layer = copy.own();
    float[] page = layer.weights.page(unit);
    page[layer.weights.offset(unit)] += first;
    page[layer.weights.offset(unit) + 1] += second;
    layer.bias[unit] += bias;
    layer.unitState[unit] += state;
  }

  private static float[] unit(SparseModel model, int unit) {
    TrainableLayer layer = model.layers.get(0);
    int offset = layer.weights.offset(unit);
    float[] page = layer.weights.page(unit);
    return new float[] {page[offset], page[offset + 1], layer.bias[unit], layer.unitState[unit]};
  }

  private static void clear(SparseModel model) {
    model.layers.forEach(layer -> layer.copyFrom(new float[layer.size()]));
  }

  @Test
  void exchange_addsUpWhatHasNothingInCommon_andHandsItOut() {
    SparseModel model = model(List.of(), SparseOptimizer.ADAGRAD);
    clear(model);
    LayerCopy one = copy(model);
    LayerCopy other = copy(model);
    one.own().bias[2] += 3;
    other.own().bias[1] += 4;
    assertThat(model.layers.get(0).bias[2]).isZero();
    one.exchange();
    assertThat(model.layers.get(0).bias).containsExactly(0, 0, 3, 0, 0, 0, 0);
    assertThat(other.own().bias[2]).isZero();
    other.exchange();
    assertThat(model.layers.get(0).bias).containsExactly(0, 4, 3, 0, 0, 0, 0);
    assertThat(other.own().bias).containsExactly(0, 4, 3, 0, 0, 0, 0);
    assertThat(one.own().bias[1]).isZero();
    one.exchange();
    assertThat(one.own().bias).containsExactly(0, 4, 3, 0, 0, 0, 0);
    assertThat(model.layers.get(0).bias).containsExactly(0, 4, 3, 0, 0, 0, 0);
  }

  /** Two threads change a unit by (4, 2, bias 4) and (1, 2, bias 0); its state by 5 and 7. */
  private static void exchangeOfTwo(Function<TrainableLayer, LayerCopy> kind, float... expected) {
    SparseModel model = model(List.of(), SparseOptimizer.ADAGRAD);
    clear(model);
    LayerCopy one = copy(model, kind);
    LayerCopy other = copy(model, kind);
    change(one, 3, 4, 2, 4, 5);
    change(other, 3, 1, 2, 0, 7);
    one.exchange();
    assertThat(unit(model, 3)).containsExactly(4, 2, 4, 5);
    other.exchange();
    assertThat(unit(model, 3)).containsExactly(expected, within(1e-6f));
    one.exchange();
    assertThat(unit(model, 3)).containsExactly(expected, within(1e-6f));
    assertThat(one.own().bias[3]).isEqualTo(model.layers.get(0).bias[3]);
    assertThat(unit(model, 2)).containsOnly(0);
  }

  @Test
  void exchangeOfADenseLayer_countsOnceWhatIsCommon() {
    // a·b = 8, |a|² = 36, |b|² = 5: (1 − 8/72) a + (1 − 8/10) b, and 5 + 7.
    exchangeOfTwo(LayerCopy::ofDense, 4 * 8f / 9 + 0.2f, 2 * 8f / 9 + 0.4f, 4 * 8f / 9, 12);
  }

  @Test
  void exchangeOfAnOutputLayer_addsUpWhatIsCommonToo() {
    exchangeOfTwo(LayerCopy::ofOutput, 5, 4, 4, 12);
  }

  /** Many threads that all learn the same move the layer as far as one of them. */
  @ParameterizedTest
  @ValueSource(ints = {2, 8, 16})
  void exchange_ofThreadsThatAgree_goesAsFarAsOne(int threads) {
    SparseModel model = model(List.of(), SparseOptimizer.ADAGRAD);
    clear(model);
    List<LayerCopy> copies = Stream.generate(() -> copy(model)).limit(threads).toList();
    for (int step = 1; step <= 10; step++) {
      for (LayerCopy copy : copies) {
        change(copy, 0, 1, -1, 0.5f, 1);
        copy.exchange();
      }
      assertThat(model.layers.get(0).bias[0]).isBetween(0.5f * step - 0.5f, 0.5f * step + 0.5f);
    }
    assertThat(model.layers.get(0).unitState[0]).isEqualTo(10 * threads);
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
  void nothingIsLostOfAnOutputLayer_whateverThreadExchangesWhen() {
    requireNothingLost(LayerCopy::ofOutput, thread -> 0, 1);
  }

  /** Threads change numbers of their own, so that no two changes have anything in common. */
  @Test
  void nothingIsLostOfADenseLayer_whateverThreadExchangesWhen() {
    requireNothingLost(LayerCopy::ofDense, thread -> thread, THREADS);
  }

  private static void requireNothingLost(
      Function<TrainableLayer, LayerCopy> kind, IntUnaryOperator from, int apart) {
    SparseModel model = model(List.of(), SparseOptimizer.ADAGRAD);
    clear(model);
    int size = model.layers.get(0).size();
    List<CompletableFuture<float[]>> threads = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int first = from.applyAsInt(thread);
      Random random = new Random(thread);
      threads.add(
          CompletableFuture.supplyAsync(
              () -> {
                LayerCopy copy = copy(model, kind);
                float[] sum = new float[size];
                for (int step = 0; step < 500; step++) {
                  change(copy.own(), sum, random, first, apart);
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
  void copies_areForLayersOfSomeSizeAndAdagradAlone() {
    TrainableLayer most = model(LayerCopy.MOST_FLOATS / 18).layers.get(0);
    TrainableLayer larger = model(LayerCopy.MOST_FLOATS / 18 + 1).layers.get(0);
    assertThat(LayerCopy.helps(most, SparseOptimizer.ADAGRAD)).isTrue();
    assertThat(LayerCopy.helps(larger, SparseOptimizer.ADAGRAD)).isFalse();
    assertThat(LayerCopy.helps(most, SparseOptimizer.SGD)).isFalse();
    assertThat(LayerCopy.helps(most, SparseOptimizer.ADAM)).isFalse();
  }
}
