package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** By hand: worker a of weight 1, worker b of weight 3; d = 1, so a row is a number. */
class ModelMergeTest {
  private static final NetworkSpec SPEC =
      new NetworkSpec(6, 1, new Pooling.Mean(), List.of(), new Output.Softmax(2));
  private static final double[] WEIGHTS = {1, 3};

  /** Rows 10, 20, … of state 1. */
  private static SparseModel old() {
    SparseModel model = SparseModel.zeros(SPEC, SparseOptimizer.ADAGRAD);
    for (int row = 0; row < 6; row++) {
      model.embedding.setRow(row, new float[] {10 * row}, 0);
      model.rowState[row] = 1;
    }
    return model;
  }

  private static void set(SparseModel model, int row, float value, float state) {
    model.embedding.setRow(row, new float[] {value}, 0);
    model.rowState[row] = state;
    model.touched[row] = 1;
  }

  /** Rows 2 and 3: +4 and +8, states +2 and +4. */
  private static ModelChange a() {
    SparseModel model = old();
    set(model, 2, 24, 3);
    set(model, 3, 38, 5);
    model.layers.get(0).bias[0] = 4;
    model.layers.get(0).unitState[1] = 8;
    return ModelChange.take(model);
  }

  /** Rows 2 and 5: +8 and −2, states +6 and +4. */
  private static ModelChange b() {
    SparseModel model = old();
    set(model, 2, 28, 7);
    set(model, 5, 48, 5);
    model.layers.get(0).bias[0] = 8;
    model.layers.get(0).unitState[1] = 16;
    return ModelChange.take(model);
  }

  private static float value(SparseModel model, int row) {
    return model.embedding.row(row)[0];
  }

  @ParameterizedTest
  @CsvSource({
    // row 2: (1·4 + 3·8) = 28 by 4, 4 and 2; row 3: 1·8 by 1, 4 and 2; row 5: 3·(−2) by 3, 4 and 2
    "TOUCHED, 27, 38, 48, 6, 5, 5",
    "ALL, 27, 32, 48.5, 6, 2, 4",
    "SUM, 34, 34, 47, 11, 3, 7",
    // as TOUCHED, but row 2 by the root of (1·4² + 3·8²) / 4, so bias of unit 0
    "NORM, 27.211102, 38, 48, 6, 5, 5"
  })
  void merge_followsItsRule(
      ModelMerge.Rule rule,
      float row2,
      float row3,
      float row5,
      float state2,
      float state3,
      float state5) {
    SparseModel model = old();
    ModelChange merged = ModelMerge.merge(model, List.of(a(), b()), WEIGHTS, rule);
    assertThat(merged.rows).containsExactly(2, 3, 5);
    assertThat(value(model, 2)).isEqualTo(row2, within(1e-5f));
    assertThat(value(model, 3)).isEqualTo(row3);
    assertThat(value(model, 5)).isEqualTo(row5);
    assertThat(model.rowState).containsExactly(1, 1, state2, state3, 1, state5);
    assertThat(value(model, 4)).as("touched by nobody").isEqualTo(40);
    float bias = rule == ModelMerge.Rule.NORM ? 7.2111025f : 7;
    assertThat(model.layers.get(0).bias).containsExactly(new float[] {bias, 0}, within(1e-6f));
    assertThat(model.layers.get(0).unitState).containsExactly(0, 14);
    assertThat(model.touched).containsOnly(0);
    SparseModel replica = old();
    merged.applyTo(replica);
    assertThat(Networks.flat(replica.parameters()))
        .containsExactly(Networks.flat(model.parameters()));
    assertThat(replica.rowState).containsExactly(model.rowState);
  }

  @ParameterizedTest
  @EnumSource
  void oneWorker_isTakenOverAsItIs(ModelMerge.Rule rule) {
    SparseModel model = old();
    ModelMerge.merge(model, List.of(a()), new double[] {17}, rule);
    assertThat(value(model, 2)).isEqualTo(24, within(1e-5f));
    assertThat(value(model, 3)).isEqualTo(38, within(1e-5f));
    assertThat(model.layers.get(0).bias[0]).isEqualTo(4, within(1e-6f));
  }

  @ParameterizedTest
  @EnumSource
  void workerOfWeightZero_changesNothing(ModelMerge.Rule rule) {
    SparseModel model = old();
    ModelMerge.merge(model, List.of(a(), b()), new double[] {0, 3}, rule);
    assertThat(value(model, 2)).as("touched by both").isEqualTo(28);
    assertThat(value(model, 3)).as("touched by the weightless alone").isEqualTo(30);
    assertThat(model.rowState[3]).isEqualTo(1);
    assertThat(model.layers.get(0).bias[0]).isEqualTo(8);
  }

  private static final NetworkSpec FIVE_WORKERS =
      new NetworkSpec(23, 17, new Pooling.MeanMax(), List.of(5), new Output.Softmax(3));
  private static final double[] FIVE_WEIGHTS = {1, 2, 3, 4, 5.5};

  /** What five workers made of one model. */
  private static List<ModelChange> changes(NetworkParameters initial, SparseOptimizer optimizer) {
    List<ModelChange> changes = new ArrayList<>();
    for (int worker = 0; worker < FIVE_WEIGHTS.length; worker++) {
      SparseModel model = SparseModel.of(initial, optimizer);
      EncodedExamples examples = Networks.examples(FIVE_WORKERS, 4, worker);
      ExampleTrainer trainer = new ExampleTrainer(model);
      for (int e = 0; e < examples.size(); e++) {
        int[] ids = examples.features(e);
        trainer.train(ids, 0, ids.length, examples.label(e), 1, 0.05f);
      }
      changes.add(ModelChange.take(model));
    }
    return changes;
  }

  @ParameterizedTest
  @EnumSource
  void orderOfWorkers_doesNotMatter(ModelMerge.Rule rule) {
    NetworkParameters initial = Networks.random(FIVE_WORKERS, 1);
    for (SparseOptimizer optimizer : SparseOptimizer.values()) {
      List<ModelChange> changes = changes(initial, optimizer);
      SparseModel one = SparseModel.of(initial, optimizer);
      ModelMerge.merge(one, changes, FIVE_WEIGHTS, rule);
      Collections.reverse(changes);
      SparseModel two = SparseModel.of(initial, optimizer);
      ModelMerge.merge(two, changes, new double[] {5.5, 4, 3, 2, 1}, rule);
      Vectors.assertClose(Networks.flat(two.parameters()), Networks.flat(one.parameters()), 1e-5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void pieces_areTheWhole(ModelMerge.Rule rule) {
    NetworkParameters initial = Networks.random(FIVE_WORKERS, 1);
    for (SparseOptimizer optimizer : SparseOptimizer.values()) {
      List<ModelChange> changes = changes(initial, optimizer);
      SparseModel whole = SparseModel.of(initial, optimizer);
      ModelMerge.merge(whole, changes, FIVE_WEIGHTS, rule);
      SparseModel old = SparseModel.of(initial, optimizer);
      SparseModel pieces = SparseModel.of(initial, optimizer);
      int rows = 0;
      for (int[] range : new int[][] {{0, 1}, {1, 9}, {9, 10}, {10, 23}}) {
        ModelChange piece = ModelMerge.merged(old, changes, FIVE_WEIGHTS, rule, range[0], range[1]);
        rows += piece.size();
        piece.applyTo(pieces);
      }
      assertThat(rows).isEqualTo(ModelMerge.merge(old, changes, FIVE_WEIGHTS, rule).size());
      assertThat(Networks.flat(pieces.parameters()))
          .containsExactly(Networks.flat(whole.parameters()));
      assertThat(pieces.rowState).containsExactly(whole.rowState);
    }
  }

  @Test
  void sum_averagesAdamsMomentsAndSteps() {
    SparseModel model = SparseModel.zeros(SPEC, SparseOptimizer.ADAM);
    model.moments[1].setRow(2, new float[] {1}, 0);
    List<ModelChange> changes = new ArrayList<>();
    for (int worker = 0; worker < 8; worker++) {
      SparseModel replica = SparseModel.zeros(SPEC, SparseOptimizer.ADAM);
      replica.moments[1].setRow(2, new float[] {0.5f}, 0);
      replica.rowState[2] = 100;
      replica.touched[2] = 1;
      changes.add(ModelChange.take(replica));
    }
    double[] weights = {1, 1, 1, 1, 1, 1, 1, 1};
    ModelMerge.merge(model, changes, weights, ModelMerge.Rule.SUM);
    assertThat(model.moments[1].row(2)).containsExactly(0.5f);
    assertThat(model.rowState[2]).as("steps that the moments have of it").isEqualTo(100);
  }

  @Test
  void noRowsTouched_leavesRows_andAveragesLayers() {
    SparseModel model = old();
    SparseModel idle = old();
    idle.layers.get(0).bias[1] = 4;
    List<ModelChange> changes = List.of(ModelChange.take(old()), ModelChange.take(idle));
    ModelChange merged = ModelMerge.merge(model, changes, WEIGHTS, ModelMerge.Rule.TOUCHED);
    assertThat(merged.size()).isZero();
    assertThat(model.layers.get(0).bias).containsExactly(0, 3);
    assertThat(value(model, 2)).isEqualTo(20);
  }

  /** Two inputs and two units: each unit, with its bias, is a vector of its own. */
  private static SparseModel twoByTwo(Pooling pooling) {
    NetworkSpec spec = new NetworkSpec(4, 2, pooling, List.of(), new Output.Softmax(2));
    return SparseModel.zeros(spec, SparseOptimizer.ADAGRAD);
  }

  private static List<ModelChange> twoWorkers(Pooling pooling) {
    List<ModelChange> changes = new ArrayList<>();
    for (int worker = 0; worker < 2; worker++) {
      SparseModel model = twoByTwo(pooling);
      TrainableLayer layer = model.layers.get(0);
      layer.weights.page(0)[layer.weights.offset(0) + worker] = 2 + worker;
      layer.weights.page(1)[layer.weights.offset(1)] = 4;
      layer.bias[1] = 8;
      layer.unitState[0] = 1 + worker;
      model.embedding.setRow(2, worker == 0 ? new float[] {5, 0} : new float[] {0, 7}, 0);
      model.embedding.setRow(3, worker == 0 ? new float[] {1, 2} : new float[] {-1, -2}, 0);
      model.touched[2] = 1;
      model.touched[3] = 1;
      changes.add(ModelChange.take(model));
    }
    return changes;
  }

  @Test
  void norm_goesTheMeansWay_asFarAsAWorkerDid() {
    SparseModel model = twoByTwo(new Pooling.Mean());
    ModelMerge.merge(
        model, twoWorkers(new Pooling.Mean()), new double[] {9, 9}, ModelMerge.Rule.NORM);
    TrainableLayer layer = model.layers.get(0);
    float root = (float) Math.sqrt(2);
    float[] apart = {2 / root, 3 / root};
    assertThat(Arrays.copyOf(layer.weights.row(0), 2)).containsExactly(apart, within(1e-6f));
    assertThat(layer.weights.row(1)).as("what both found").startsWith(4, 0);
    assertThat(layer.bias).containsExactly(0, 8);
    assertThat(layer.unitState[0]).isEqualTo(1.5f);
    assertThat(model.embedding.row(2))
        .containsExactly(new float[] {5 / root, 7 / root}, within(1e-6f));
    assertThat(model.embedding.row(3)).as("opposite ways").containsExactly(0, 0);
  }

  @Test
  void norm_addsUpRowsThatHaveAStateForEachComponent() {
    Pooling pooling = new Pooling.MeanMax();
    SparseModel model = twoByTwo(pooling);
    ModelMerge.merge(model, twoWorkers(pooling), new double[] {9, 9}, ModelMerge.Rule.NORM);
    assertThat(model.embedding.row(2)).containsExactly(5, 7);
  }
}
