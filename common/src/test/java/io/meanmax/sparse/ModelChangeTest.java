package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanmax.Serialized;
import io.meanmax.encoding.EncodedExamples;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelChangeTest {

  private static SparseModel model(NetworkSpec spec, SparseOptimizer optimizer) {
    return SparseModel.of(Networks.random(spec, 1), optimizer);
  }

  private static void train(SparseModel model, int... ids) {
    new ExampleTrainer(model).train(ids, 0, ids.length, 1, 1, 0.1f);
  }

  private static NetworkSpec spec(int vocabularySize, int dimension, Pooling pooling) {
    return new NetworkSpec(vocabularySize, dimension, pooling, List.of(3), new Output.Softmax(2));
  }

  @ParameterizedTest
  @EnumSource
  void take_givesTheRowsThatWereTouched_once(SparseOptimizer optimizer) {
    SparseModel model = model(spec(20, 5, new Pooling.MeanMax()), optimizer);
    train(model, 7, 3, 3, 0, 19);
    train(model, 3, 1);
    ModelChange change = ModelChange.take(model);
    assertThat(change.rows).containsExactly(1, 3, 7, 19);
    assertThat(change.size()).isEqualTo(4);
    assertThat(ModelChange.take(model).size()).isZero();
    train(model, 11);
    assertThat(ModelChange.take(model).rows).containsExactly(11);
  }

  @ParameterizedTest
  @EnumSource
  void take_ofTheMaximum_givesNoMoreThanTheWinners(SparseOptimizer optimizer) {
    SparseModel model = model(spec(20, 1, new Pooling.Max()), optimizer);
    train(model, 2, 3, 4, 5, 6);
    assertThat(ModelChange.take(model).size()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void applyTo_makesAnotherReplicaTheSame_stateAndAll(SparseOptimizer optimizer)
      throws IOException, ClassNotFoundException {
    for (NetworkSpec spec : Networks.specs()) {
      SparseModel one = model(spec, optimizer);
      SparseModel two = model(spec, optimizer);
      EncodedExamples examples = Networks.examples(spec, 10, 2);
      for (int round = 0; round < 3; round++) {
        for (int e = 0; e < examples.size(); e++) {
          int[] ids = examples.features(e);
          new ExampleTrainer(one).train(ids, 0, ids.length, examples.label(e), 1, 0.05f);
        }
        Serialized.copy(ModelChange.take(one)).applyTo(two);
        assertSame(one, two);
      }
    }
  }

  private static void assertSame(SparseModel one, SparseModel two) {
    ModelChange expected = one.rows(0, one.spec.vocabularySize());
    ModelChange actual = two.rows(0, two.spec.vocabularySize());
    assertThat(actual.rowState).containsExactly(expected.rowState);
    for (int block = 0; block < expected.blocks.length; block++) {
      assertThat(actual.blocks[block].chunk(0)).containsExactly(expected.blocks[block].chunk(0));
    }
    for (int l = 0; l < expected.layers.length; l++) {
      assertThat(actual.layers[l]).containsExactly(expected.layers[l]);
    }
    assertThat(two.touched).containsOnly(0);
  }

  @Test
  void rows_areThoseOfTheRange_touchedOrNot_withTheLayersWhereItBegins() {
    SparseModel model = model(spec(20, 5, new Pooling.Mean()), SparseOptimizer.ADAGRAD);
    train(model, 7, 3);
    assertThat(model.rows(0, 20).rows).containsExactly(IntStream.range(0, 20).toArray());
    assertThat(model.rows(0, 5).layers).isNotEmpty();
    assertThat(model.rows(5, 8).rows).containsExactly(5, 6, 7);
    assertThat(model.rows(5, 8).layers).isEmpty();
    assertThat(ModelChange.take(model).rows).containsExactly(3, 7);
  }

  @ParameterizedTest
  @EnumSource
  void bytes_areHardlyMoreThanTheRowsThemselves(SparseOptimizer optimizer) throws IOException {
    for (Pooling pooling : Networks.POOLINGS) {
      for (int dimension : new int[] {16, 17, 50, 80, 100, 128, 300}) {
        NetworkSpec spec =
            new NetworkSpec(20_000, dimension, pooling, List.of(), new Output.Softmax(2));
        SparseModel model = SparseModel.zeros(spec, optimizer);
        for (int row = 0; row < 20_000; row += 3) {
          model.touched[row] = 1;
        }
        ModelChange change = ModelChange.take(model);
        long rows = (long) change.size() * model.tables().length * dimension * Float.BYTES;
        assertThat((double) change.bytes() / rows).isBetween(1.0, 1.3);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(sent)) {
          out.writeObject(change);
        }
        assertThat((double) change.bytes())
            .as("what really is sent")
            .isEqualTo(sent.size(), within(0.01 * sent.size()));
      }
    }
  }

  @Test
  void touched_mayBeAskedForAgain_untilItIsForgotten() {
    SparseModel model = model(spec(20, 5, new Pooling.Mean()), SparseOptimizer.ADAGRAD);
    train(model, 7, 3, 12);
    for (int time = 0; time < 2; time++) {
      assertThat(ModelChange.countTouched(model)).isEqualTo(3);
      assertThat(ModelChange.touched(model, 0, 7).rows).containsExactly(3);
      assertThat(ModelChange.touched(model, 0, 7).layers).isNotEmpty();
      assertThat(ModelChange.touched(model, 7, 20).rows).containsExactly(7, 12);
      assertThat(ModelChange.touched(model, 7, 20).layers).isEmpty();
      assertThat(ModelChange.touched(model, 13, 20).size()).isZero();
    }
    model.forgetTouched();
    assertThat(ModelChange.countTouched(model)).isZero();
  }

  @Test
  void bytesOfRow_areItsIdAndStateAndNumbers() {
    // 4 for the id, 4 for the state, 4 for each of 5 components and, with max, of their sums
    NetworkSpec mean = spec(20, 5, new Pooling.Mean());
    NetworkSpec max = spec(20, 5, new Pooling.Max());
    assertThat(ModelChange.bytesOfRow(model(mean, SparseOptimizer.ADAGRAD))).isEqualTo(28);
    assertThat(ModelChange.bytesOfRow(model(max, SparseOptimizer.ADAGRAD))).isEqualTo(48);
  }
}
