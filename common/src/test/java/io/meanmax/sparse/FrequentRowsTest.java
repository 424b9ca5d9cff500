package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FrequentRowsTest {
  /** A row of 1,000 takes 1,008 floats, so that 256 of them are frequent. */
  private static final int DIMENSION = 1000;

  private static final int FREQUENT = 256;
  private static final int WORDS = 300;
  private static final int THREADS = 5;

  static List<Pooling> poolings() {
    return Networks.POOLINGS;
  }

  /** So much trained that threads have copies of all frequent rows. */
  private static SparseModel model(Pooling pooling) {
    SparseModel model =
        SparseModel.zeros(
            new NetworkSpec(WORDS, DIMENSION, pooling, List.of(), new Output.Softmax(2)),
            SparseOptimizer.ADAGRAD);
    model.trained.set(1 << 20);
    return model;
  }

  private static FrequentRows copy(SparseModel model) {
    FrequentRows copy = new FrequentRows(model, THREADS);
    copy.takeOver();
    return copy;
  }

  /** Adds to all that a model has of a word, as training does. */
  private static void change(SparseModel model, int word, int by) {
    for (int table = 0; table < model.tables().length; table++) {
      int at = model.table(table).offset(word);
      model.table(table).page(word)[at + 3] += by + table;
    }
    model.rowState(word)[word] += by + 5;
    model.touched(word)[word] = 1;
  }

  /** What {@link #change} writes to: vector, moments, the number a word. */
  private static float[] numbers(SparseModel model, int word) {
    int tables = model.tables().length;
    float[] numbers = new float[tables + 1];
    for (int table = 0; table < tables; table++) {
      numbers[table] = model.table(table).row(word)[3];
    }
    numbers[tables] = model.rowState(word)[word];
    return numbers;
  }

  private static float[] expected(SparseModel model, float begin, int by, int times) {
    int tables = model.tables().length;
    float[] expected = new float[tables + 1];
    for (int table = 0; table < tables; table++) {
      expected[table] = by + times * table;
    }
    expected[tables] = begin + by + times * 5;
    return expected;
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void exchange_addsUpWhatThreadsChanged(Pooling pooling) {
    SparseModel model = model(pooling);
    float begin = model.rowState[0];
    FrequentRows one = copy(model);
    FrequentRows other = copy(model);
    change(one.own(), 7, 10);
    change(other.own(), 7, 200);
    change(other.own(), 9, 3000);
    assertThat(numbers(model, 7)).containsExactly(expected(model, begin, 0, 0));
    assertThat(model.touched).containsOnly(0);
    one.exchange();
    assertThat(numbers(model, 7)).containsExactly(expected(model, begin, 10, 1), within(1e-4f));
    assertThat(model.touched[7]).isEqualTo((byte) 1);
    assertThat(model.touched[9]).isZero();
    other.exchange();
    one.exchange();
    for (SparseModel each : List.of(model, one.own(), other.own())) {
      assertThat(numbers(each, 7)).containsExactly(expected(model, begin, 210, 2), within(1e-4f));
      assertThat(numbers(each, 9)).containsExactly(expected(model, begin, 3000, 1), within(1e-4f));
      assertThat(numbers(each, 8)).containsExactly(expected(model, begin, 0, 0));
    }
    assertThat(model.touched[9]).isEqualTo((byte) 1);
    assertThat(model.touched[8]).isZero();
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void rowsOfOtherWords_areTheModels(Pooling pooling) {
    SparseModel model = model(pooling);
    float begin = model.rowState[0];
    SparseModel own = copy(model).own();
    change(own, FREQUENT - 1, 1);
    change(own, FREQUENT, 20);
    change(own, WORDS - 1, 300);
    assertThat(numbers(model, FREQUENT - 1)).containsExactly(expected(model, begin, 0, 0));
    assertThat(numbers(model, FREQUENT))
        .containsExactly(expected(model, begin, 20, 1), within(1e-4f));
    assertThat(numbers(model, WORDS - 1))
        .containsExactly(expected(model, begin, 300, 1), within(1e-4f));
    assertThat(model.touched[FREQUENT - 1]).isZero();
    assertThat(model.touched[FREQUENT]).isEqualTo((byte) 1);
  }

  /** Of 5 threads each exchanges every 30 examples after 19,200, and has 60 rows. */
  @ParameterizedTest
  @MethodSource("poolings")
  void rows_becomeAThreadsOwn_theMoreWasTrained(Pooling pooling) {
    SparseModel model = model(pooling);
    float begin = model.rowState[0];
    model.trained.set(19_200);
    FrequentRows one = copy(model);
    FrequentRows other = copy(model);
    change(one.own(), 59, 1);
    change(one.own(), 60, 20);
    assertThat(numbers(model, 59)).containsExactly(expected(model, begin, 0, 0));
    assertThat(numbers(model, 60)).containsExactly(expected(model, begin, 20, 1), within(1e-4f));
    assertThat(numbers(other.own(), 60)).containsExactly(numbers(model, 60));
    model.trained.set(19_840); // 62 rows.
    one.exchange();
    assertThat(numbers(one.own(), 60)).containsExactly(numbers(model, 60));
    change(one.own(), 60, 300);
    assertThat(numbers(model, 60)).containsExactly(expected(model, begin, 20, 1), within(1e-4f));
    // The other one still writes the model's row, which the first is told once it does so no
    // longer.
    change(other.own(), 60, 4000);
    other.exchange();
    one.exchange();
    other.exchange();
    for (SparseModel each : List.of(model, one.own(), other.own())) {
      assertThat(numbers(each, 59)).containsExactly(expected(model, begin, 1, 1), within(1e-3f));
      assertThat(numbers(each, 60)).containsExactly(expected(model, begin, 4320, 3), within(1e-3f));
    }
  }

  /** 16 examples of 128 words are as many as an exchange waits for: 64 rows then, 32 before. */
  @ParameterizedTest
  @MethodSource("poolings")
  void rows_becomeAThreadsOwn_theLongerItsExamples(Pooling pooling) {
    SparseModel model = model(pooling);
    float begin = model.rowState[0];
    model.trained.set(0);
    FrequentRows copy = copy(model);
    change(copy.own(), 31, 1);
    change(copy.own(), 32, 20);
    assertThat(numbers(model, 31)).containsExactly(expected(model, begin, 0, 0));
    assertThat(numbers(model, 32)).containsExactly(expected(model, begin, 20, 1), within(1e-4f));
    for (int example = 0; example < 16; example++) {
      copy.exchangeIfDue(128);
    }
    change(copy.own(), 63, 1);
    change(copy.own(), 64, 20);
    assertThat(numbers(model, 31)).containsExactly(expected(model, begin, 1, 1), within(1e-4f));
    assertThat(numbers(model, 63)).containsExactly(expected(model, begin, 0, 0));
    assertThat(numbers(model, 64)).containsExactly(expected(model, begin, 20, 1), within(1e-4f));
  }

  /** The first to have a copy of a row hears what the second wrote to it before it had one. */
  @ParameterizedTest
  @MethodSource("poolings")
  void rows_thatASecondThreadTakesOver_areToldToTheFirst(Pooling pooling) {
    SparseModel model = model(pooling);
    float begin = model.rowState[0];
    model.trained.set(19_200);
    FrequentRows one = copy(model);
    FrequentRows other = copy(model);
    model.trained.set(19_840);
    one.exchange();
    change(other.own(), 60, 4000);
    other.exchange();
    assertThat(numbers(one.own(), 60)).containsExactly(expected(model, begin, 0, 0));
    one.exchange();
    assertThat(numbers(one.own(), 60))
        .containsExactly(expected(model, begin, 4000, 1), within(1e-3f));
  }

  /** Between two stretches a worker's model may be replaced by the merged one. */
  @ParameterizedTest
  @MethodSource("poolings")
  void takeOver_forgetsWhatTheThreadHad(Pooling pooling) {
    SparseModel model = model(pooling);
    FrequentRows copy = copy(model);
    change(copy.own(), 7, 10);
    change(model, 7, 5000);
    copy.takeOver();
    copy.exchange();
    float[] expected = expected(model, model(pooling).rowState[0], 5000, 1);
    assertThat(numbers(model, 7)).containsExactly(expected, within(1e-3f));
    assertThat(numbers(copy.own(), 7)).containsExactly(expected, within(1e-3f));
  }

  /** Whole numbers, so that sums are exact in any order. */
  @ParameterizedTest
  @MethodSource("poolings")
  void nothingIsLost_whateverThreadExchangesWhen(Pooling pooling) {
    SparseModel model = model(pooling);
    Arrays.fill(model.rowState, 0);
    List<CompletableFuture<int[]>> threads = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Random random = new Random(thread);
      threads.add(
          CompletableFuture.supplyAsync(
              () -> {
                FrequentRows copy = copy(model);
                int[] sums = new int[2 * FREQUENT];
                for (int step = 0; step < 2000; step++) {
                  int word = random.nextInt(FREQUENT);
                  int by = random.nextInt(9) - 4;
                  change(copy.own(), word, by);
                  sums[word] += by;
                  sums[FREQUENT + word]++;
                  if (random.nextInt(20) == 0) {
                    copy.exchange();
                  }
                }
                copy.exchange();
                return sums;
              }));
    }
    int[] sums = new int[2 * FREQUENT];
    for (CompletableFuture<int[]> thread : threads) {
      int[] one = thread.join();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += one[i];
      }
    }
    FrequentRows late = copy(model);
    for (int word = 0; word < FREQUENT; word++) {
      float[] expected = expected(model, 0, sums[word], sums[FREQUENT + word]);
      assertThat(numbers(model, word)).containsExactly(expected);
      assertThat(numbers(late.own(), word)).containsExactly(expected);
    }
  }

  /** Between its stretches somebody else changes the model, as a merge of workers does. */
  @ParameterizedTest
  @MethodSource("poolings")
  void oneThreadAmongOthers_learnsAsOneAlone(Pooling pooling) {
    NetworkSpec spec = new NetworkSpec(40, 6, pooling, List.of(4), new Output.Softmax(3));
    SparseModel alone = SparseModel.initial(spec, 1, SparseOptimizer.ADAGRAD);
    SparseModel model = SparseModel.initial(spec, 1, SparseOptimizer.ADAGRAD);
    train(TrainingThread.alone(alone), alone);
    train(TrainingThread.amongOthers(model, 2), model);
    for (int table = 0; table < model.tables().length; table++) {
      for (int word = 0; word < 40; word++) {
        assertThat(model.table(table).row(word))
            .containsExactly(alone.table(table).row(word), within(1e-4f));
      }
    }
    assertThat(model.rowState).containsExactly(alone.rowState, within(1e-4f));
    assertThat(model.touched).containsExactly(alone.touched);
  }

  private static void train(TrainingThread thread, SparseModel model) {
    EncodedExamples examples = Networks.examples(model.spec, 200, 2);
    for (int from : new int[] {0, 100}) {
      thread.begin();
      thread.train(examples, Networks.inOrder(examples), from, from + 100, 0.05f);
      thread.end();
      change(model, 7, 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, 16",
    "4351, 2, 16",
    "4352, 2, 17",
    "262144, 2, 1024",
    "262144, 16, 128",
    "1048575, 2, 4095",
    "1048576, 2, 4096",
    "10000000000, 16, 4096"
  })
  void exchanges_areRarer_theMoreWasTrained(long trained, int threads, long between) {
    assertThat(FrequentRows.betweenExchanges(trained, threads)).isEqualTo(between);
  }

  @ParameterizedTest
  @CsvSource({
    "16, 0, 2048, 32",
    "16, 10, 2048, 32",
    "16, 64, 2048, 32",
    "16, 72, 2048, 36",
    "16, 275, 2048, 137",
    "16, 100000, 2048, 2048",
    "1023, 64, 2048, 2046",
    "1024, 64, 2048, 2048",
    "4096, 64, 2048, 2048",
    "16, 10, 7, 7"
  })
  void rows_areOneFor32Words_atLeastTwoForAnExample_upToTheHead(
      long between, double meanLength, int head, int rows) {
    assertThat(FrequentRows.rowsFor(between, meanLength, head)).isEqualTo(rows);
  }
}
