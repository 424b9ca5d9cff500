package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Steps worked by hand. Words 2 = [1, 3] and 3 = [3, −1], two classes, label 0, η = 0.1. The mean
 * of both is [2, 1]; with output weights diag(0.5, 1) both logits are 1, so p = [½, ½], δ = [−½,
 * ½], the gradient by the mean [−0.25, 0.5], and by each row half of it.
 */
class ExampleTrainerTest {
  private static final Offset<Float> CLOSE = Offset.offset(1e-6f);
  private static final int[] BOTH = {2, 3};

  private static SparseModel model(Pooling pooling, SparseOptimizer optimizer, float second) {
    NetworkSpec spec = new NetworkSpec(4, 2, pooling, List.of(), new Output.Softmax(2));
    NetworkParameters parameters = NetworkParameters.zeros(spec);
    parameters.embedding().setRow(2, new float[] {1, 3}, 0);
    parameters.embedding().setRow(3, new float[] {3, -1}, 0);
    parameters.layers().get(0).weights()[0] = 0.5f;
    parameters.layers().get(0).weights()[3] = second;
    return SparseModel.of(parameters, optimizer);
  }

  private static SparseModel mean(SparseOptimizer optimizer) {
    return model(new Pooling.Mean(), optimizer, 1);
  }

  private static float train(SparseModel model, int[] ids) {
    return new ExampleTrainer(model).train(ids, 0, ids.length, 0, 1, 0.1f);
  }

  private static void assertRow(SparseModel model, int row, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) model.embedding.row(row)[i]).isEqualTo(expected[i], within(1e-6));
    }
  }

  /** W[0][0], W[0][1], W[1][0], W[1][1], b[0], b[1]. */
  private static void assertOutput(SparseModel model, double... expected) {
    NetworkParameters.Layer layer = model.parameters().layers().get(0);
    for (int i = 0; i < 4; i++) {
      assertThat((double) layer.weights()[i]).isEqualTo(expected[i], within(1e-6));
    }
    assertThat((double) layer.bias()[0]).isEqualTo(expected[4], within(1e-6));
    assertThat((double) layer.bias()[1]).isEqualTo(expected[5], within(1e-6));
  }

  @Test
  void sgd_movesByRateTimesGradient() {
    SparseModel model = mean(SparseOptimizer.SGD);
    assertThat(train(model, BOTH)).isEqualTo((float) Math.log(2), CLOSE);
    assertRow(model, 2, 1.0125, 2.975);
    assertRow(model, 3, 3.0125, -1.025);
    assertOutput(model, 0.6, -0.1, 0.05, 0.95, 0.05, -0.05);
    assertThat(model.touched).containsExactly(0, 0, 1, 1);
  }

  @Test
  void sgd_ofTheMaximum_movesTheComponentThatWon() {
    // The maximum is [3, 3], the first of word 3 and the second of word 2; the gradient [−¼, ¼].
    SparseModel model = model(new Pooling.Max(), SparseOptimizer.SGD, 0.5f);
    train(model, BOTH);
    assertRow(model, 2, 1, 2.975);
    assertRow(model, 3, 3.025, -1);
  }

  @Test
  void adagradOfTheMean_keepsOneSumARow_andOneAUnit() {
    SparseModel model = mean(SparseOptimizer.ADAGRAD);
    train(model, BOTH);
    double sum = 0.3 + (0.125 * 0.125 + 0.25 * 0.25) / 2;
    double step = 0.1 / Math.sqrt(sum);
    assertThat(model.rowState)
        .containsExactly(new float[] {0.3f, 0.3f, (float) sum, (float) sum}, CLOSE);
    assertRow(model, 2, 1 + step * 0.125, 3 - step * 0.25);
    assertRow(model, 3, 3 + step * 0.125, -1 - step * 0.25);
    // A unit's mean square: δ²·(2² + 1² + 1)/3 = ¼·2, the last 1 being the bias' input.
    double unit = 0.1 / Math.sqrt(0.5) * 0.5;
    assertOutput(model, 0.5 + 2 * unit, -2 * unit, unit, 1 - unit, unit, -unit);
  }

  /** With the second class at −20 both derivatives are some 1e-9. */
  @ParameterizedTest
  @EnumSource
  void negligibleUnits_areLeftAlone_toTheBit(SparseOptimizer optimizer) {
    SparseModel model = mean(optimizer);
    TrainableLayer layer = model.layers.get(0);
    layer.bias[1] = -20;
    float[] before = new float[layer.size()];
    layer.copyTo(before);
    train(model, BOTH);
    float[] after = new float[layer.size()];
    layer.copyTo(after);
    assertThat(after).containsExactly(before);
  }

  @Test
  void adagradOfTheMean_takesAStepForEachTimeThatAWordStandsThere() {
    SparseModel model = mean(SparseOptimizer.ADAGRAD);
    model.embedding.setRow(2, new float[] {2, 1}, 0);
    train(model, new int[] {2, 2});
    double square = (0.125 * 0.125 + 0.25 * 0.25) / 2;
    double steps = 0.1 / Math.sqrt(0.3 + square) + 0.1 / Math.sqrt(0.3 + 2 * square);
    assertRow(model, 2, 2 + steps * 0.125, 1 - steps * 0.25);
    assertThat(model.rowState[2]).isEqualTo((float) (0.3 + 2 * square), CLOSE);
  }

  @Test
  void adagradOfTheMaximum_keepsASumAComponent() {
    SparseModel model = model(new Pooling.Max(), SparseOptimizer.ADAGRAD, 0.5f);
    train(model, BOTH);
    // A first step is −η·g/√g² wherever there is a gradient.
    assertRow(model, 2, 1, 2.9);
    assertRow(model, 3, 3.1, -1);
    assertThat(model.moments[0].row(2)).containsExactly(new float[] {0, 0.0625f}, CLOSE);
    assertThat(model.moments[0].row(3)).containsExactly(new float[] {0.0625f, 0}, CLOSE);
  }

  @Test
  void adam_firstStep_isTheRateItself() {
    SparseModel model = mean(SparseOptimizer.ADAM);
    train(model, BOTH);
    assertRow(model, 2, 1.1, 2.9);
    assertRow(model, 3, 3.1, -1.1);
    assertOutput(model, 0.6, -0.1, 0.1, 0.9, 0.1, -0.1);
    assertThat(model.moments[0].row(2)).containsExactly(new float[] {-0.0125f, 0.025f}, CLOSE);
    assertThat(model.moments[1].row(2)[1]).isEqualTo(0.0000625f, Offset.offset(1e-9f));
  }

  @Test
  void adam_leavesAWordAlone_thatTheExampleDoesNotUse() {
    SparseModel model = mean(SparseOptimizer.ADAM);
    train(model, BOTH);
    float[] before = model.embedding.row(2);
    float[] moment = model.moments[0].row(2);
    train(model, new int[] {3});
    assertThat(model.embedding.row(2)).containsExactly(before);
    assertThat(model.moments[0].row(2)).containsExactly(moment);
    assertThat(model.rowState).containsExactly(0, 0, 1, 2);
  }

  @Test
  void pad_isAsIfItWereNotThere() {
    for (SparseOptimizer optimizer : SparseOptimizer.values()) {
      for (Pooling pooling : Networks.POOLINGS) {
        SparseModel without = model(pooling, optimizer, 1);
        SparseModel with = model(pooling, optimizer, 1);
        with.embedding.setRow(0, new float[] {100, 100}, 0);
        without.embedding.setRow(0, new float[] {100, 100}, 0);
        train(without, BOTH);
        train(with, new int[] {0, 2, 0, 0, 3, 0});
        assertThat(Networks.flat(with.parameters()))
            .containsExactly(Networks.flat(without.parameters()));
        assertThat(with.touched[0]).isZero();
      }
    }
  }

  @Test
  void padAlone_isRefused() {
    assertThatThrownBy(() -> train(mean(SparseOptimizer.SGD), new int[] {0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An example needs at least one id that is not PAD");
  }

  @Test
  void smallWeight_scalesTheGradient_andDropsNoneOfIt() {
    for (float weight : new float[] {1e-3f, 1e-5f, 1e-7f}) {
      SparseModel model = mean(SparseOptimizer.SGD);
      float loss = new ExampleTrainer(model).train(BOTH, 0, 2, 0, weight, 0.1f / weight);
      assertThat(loss / weight).isEqualTo((float) Math.log(2), CLOSE);
      assertRow(model, 2, 1.0125, 2.975);
      assertOutput(model, 0.6, -0.1, 0.05, 0.95, 0.05, -0.05);
    }
  }

  /** All begin with 1/200,000: too little each, nearly all of it together. */
  @ParameterizedTest
  @EnumSource
  void unitsThatAreLeftAlone_areLittleTogether_howeverManyClasses(SparseOptimizer optimizer) {
    int classes = 200_000;
    NetworkSpec spec =
        new NetworkSpec(3, 1, new Pooling.Mean(), List.of(), new Output.Softmax(classes));
    SparseModel model = SparseModel.zeros(spec, optimizer);
    new ExampleTrainer(model).train(new int[] {2}, 0, 1, 0, 1, 0.1f);
    float[] bias = model.layers.get(0).bias;
    assertThat(bias[0]).isPositive();
    for (int other = 1; other < classes; other++) {
      assertThat(bias[other]).isNegative();
    }
  }

  @Test
  void weightZero_changesNothing() {
    for (SparseOptimizer optimizer : SparseOptimizer.values()) {
      SparseModel model = mean(optimizer);
      train(model, BOTH);
      ModelChange.take(model);
      float[] before = Networks.flat(model.parameters());
      assertThat(new ExampleTrainer(model).train(BOTH, 0, 2, 0, 0, 0.1f)).isZero();
      assertThat(Networks.flat(model.parameters())).as("%s", optimizer).containsExactly(before);
      assertThat(ModelChange.take(model).size()).isZero();
    }
  }
}
