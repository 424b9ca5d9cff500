package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One thread's own copy of the rows of the most frequent words, the head of the table, with their
 * optimiser state. Most words of a text are among them, so that threads that shared them would
 * write to one another's cache lines all the time: where their processors have no third level cache
 * in common, a line takes five times as long on its way, and two threads were no faster than one.
 * Each trains its copy instead, and {@link #exchange} adds what it changed to the model's rows.
 * They are few at first, while threads exchange often, and become more.
 *
 * <p>One thread's; exchanges of several threads may go on side by side.
 */
final class FrequentRows {
  /** Examples that a thread trains between two exchanges, at least. */
  private static final int LEAST_BETWEEN_EXCHANGES = 16;

  /** The same at most. */
  private static final int MOST_BETWEEN_EXCHANGES = 4096;

  /**
   * Between these bounds, all threads together keep to themselves what rows learnt from a 128th of
   * the examples that they have trained this model on: what is learnt apart counts for less the
   * more is known (decision 24).
   */
  private static final int PARTS_OF_TRAINED = 128;

  /**
   * Rows of a thread's own for each example that it trains between two exchanges, at least: one for
   * as many words as {@link #WORDS_OF_ROW}. A row that an exchange takes to and fro for a step or
   * two costs more than one that threads share (decision 24).
   */
  private static final int LEAST_ROWS_OF_EXAMPLE = 2;

  private static final int WORDS_OF_ROW = 32;

  private final VectorMath math = MathSelection.SELECTED;
  private final SparseModel shared;
  private final int threads;
  private final SparseModel own;
  private final float[] ownState;

  /** 1 for each row that this thread changed since its last exchange. */
  private final byte[] changed;

  /** Vectors and moments as both had them after the last exchange; of these tables the heads. */
  private final EmbeddingTable[] agreed;

  private final float[] agreedState;

  /** For each stretch the number of this thread's last exchange. */
  private final int[] last;

  /** How many rows are this thread's own. */
  private int ownRows;

  /** Examples that this thread trained since its last exchange. */
  private int sinceExchange;

  /** Examples that this thread trained, and their words. */
  private long examples;

  private long words;

  /**
   * Rows next to one another, and when threads of a model exchanged them; its lock is held
   * meanwhile.
   */
  static final class Stretch {
    private static final int ROWS = 64;

    private final int from;
    private final int to;
    private int exchanges;

    /** For each row the number of the exchange that changed it last. */
    private final int[] lastChange;

    private Stretch(int from, int to) {
      this.from = from;
      this.to = to;
      this.lastChange = new int[to - from];
    }

    /** Those of so many rows. */
    static Stretch[] of(int rows) {
      return IntStream.range(0, (rows + ROWS - 1) / ROWS)
          .mapToObj(index -> new Stretch(index * ROWS, Math.min((index + 1) * ROWS, rows)))
          .toArray(Stretch[]::new);
    }
  }

  /**
   * A copy that is to be filled by {@link #takeOver}.
   *
   * @param threads how many train the model
   */
  FrequentRows(SparseModel shared, int threads) {
    int head = shared.embedding.headRows();
    this.shared = shared;
    this.threads = threads;
    this.ownState = new float[head];
    this.changed = new byte[head];
    this.own = shared.withOwnHead(ownState, changed);
    this.agreed =
        Arrays.stream(shared.tables())
            .map(EmbeddingTable::withOwnHead)
            .toArray(EmbeddingTable[]::new);
    for (EmbeddingTable table : agreed) {
      table.ownFirst(head);
    }
    this.agreedState = new float[head];
    this.last = new int[shared.frequent.length];
  }

  /** Whether a copy serves a model: with Adagrad, for the reason in {@link LayerCopy#helps}. */
  static boolean helps(SparseModel model) {
    return model.optimizer == SparseOptimizer.ADAGRAD;
  }

  /** The model for the thread to train. */
  SparseModel own() {
    return own;
  }

  /** Makes the copy what the model's rows are, and forgets what was changed. */
  void takeOver() {
    ownRows = 0;
    exchangeRows();
  }

  /**
   * Notes that the thread trained one more example, and exchanges once they are enough.
   *
   * @param length words of the example
   */
  void exchangeIfDue(int length) {
    examples++;
    words += length;
    sinceExchange++;
    if (sinceExchange >= betweenExchanges(shared.trained.get(), threads)) {
      exchange();
    }
  }

  /** Examples between two exchanges of a thread, after so many of all threads. */
  static long betweenExchanges(long trained, int threads) {
    long part = trained / PARTS_OF_TRAINED / threads;
    return Math.max(LEAST_BETWEEN_EXCHANGES, Math.min(part, MOST_BETWEEN_EXCHANGES));
  }

  /**
   * How many rows a thread has of its own.
   *
   * @param betweenExchanges examples that it trains between two exchanges
   * @param meanLength their words in the mean
   * @param head the most rows
   */
  static int rowsFor(long betweenExchanges, double meanLength, int head) {
    double ofExample = Math.max(LEAST_ROWS_OF_EXAMPLE, meanLength / WORDS_OF_ROW);
    return (int) Math.min(head, betweenExchanges * ofExample);
  }

  /** Adds what this thread changed since the last exchange, and takes over the result. */
  void exchange() {
    shared.trained.addAndGet(sinceExchange);
    sinceExchange = 0;
    exchangeRows();
  }

  /** Exchanges the rows that are this thread's own, and those that become so take over. */
  private void exchangeRows() {
    int before = ownRows;
    long between = betweenExchanges(shared.trained.get(), threads);
    double meanLength = examples == 0 ? 0 : (double) words / examples;
    ownRows = Math.max(before, rowsFor(between, meanLength, ownState.length));
    own.ownFirst(ownRows);
    for (int index = 0; index < last.length && shared.frequent[index].from < ownRows; index++) {
      Stretch stretch = shared.frequent[index];
      synchronized (stretch) {
        int now = ++stretch.exchanges;
        for (int row = stretch.from; row < Math.min(stretch.to, ownRows); row++) {
          if (row >= before) {
            begin(row, stretch, now);
          } else {
            exchange(row, stretch, last[index], now);
          }
        }
        last[index] = now;
      }
    }
  }

  /** Takes over a row that others may have copies of, which do not know what this thread wrote. */
  private void begin(int row, Stretch stretch, int now) {
    takeOver(row);
    changed[row] = 0;
    stretch.lastChange[row - stretch.from] = now;
  }

  private void exchange(int row, Stretch stretch, int lastOwn, int now) {
    if (changed[row] != 0) {
      merge(row);
      changed[row] = 0;
      shared.touched[row] = 1;
      stretch.lastChange[row - stretch.from] = now;
    } else if (stretch.lastChange[row - stretch.from] > lastOwn) {
      takeOver(row);
    }
  }

  private void merge(int row) {
    for (int table = 0; table < agreed.length; table++) {
      EmbeddingTable to = shared.table(table);
      float[] agreedPage = agreed[table].page(row);
      float[] ownPage = own.table(table).page(row);
      math.mergeChanges(1, ownPage, 0, to.page(row), agreedPage, to.offset(row), to.stride());
    }
    shared.rowState[row] += ownState[row] - agreedState[row];
    ownState[row] = shared.rowState[row];
    agreedState[row] = shared.rowState[row];
  }

  private void takeOver(int row) {
    for (int table = 0; table < agreed.length; table++) {
      EmbeddingTable from = shared.table(table);
      float[] page = from.page(row);
      int at = from.offset(row);
      System.arraycopy(page, at, own.table(table).page(row), at, from.stride());
      System.arraycopy(page, at, agreed[table].page(row), at, from.stride());
    }
    ownState[row] = shared.rowState[row];
    agreedState[row] = shared.rowState[row];
  }
}
