package io.meanmax.job.vocabulary;

import io.meanmax.job.runtime.Utf8;
import io.meanmax.text.TokenSink;
import io.meanmax.vocabulary.TokenIndex;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * Counts the tokens of a partition, whose only column they are: rows (token, count,
 * document_count). A token may come several times, because the table is emptied whenever it has
 * grown too large to keep. It takes Spark's internal rows, in which no token is a Java string.
 */
final class CountTokens implements FlatMapFunction<Iterator<InternalRow>, Row> {
  private static final long serialVersionUID = 1L;

  /** Some 30 MB of tokens of usual length. */
  private static final int MOST_TOKENS_KEPT = 500_000;

  @Override
  public Iterator<Row> call(Iterator<InternalRow> documents) {
    return new Counts(documents);
  }

  private static final class Counts implements Iterator<Row>, TokenSink {
    private final Iterator<InternalRow> documents;
    private TokenIndex tokens = new TokenIndex();
    private long[] counts = new long[1024];
    private long[] documentCounts = new long[1024];
    private long[] lastDocument = new long[1024];
    private int next;
    private long document;

    Counts(Iterator<InternalRow> documents) {
      this.documents = documents;
    }

    @Override
    public boolean hasNext() {
      if (next == tokens.size() && documents.hasNext()) {
        countSome();
      }
      return next < tokens.size();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = RowFactory.create(tokens.token(next), counts[next], documentCounts[next]);
      next++;
      return row;
    }

    /** At least one document, so that the table is empty only where all documents are. */
    private void countSome() {
      tokens = new TokenIndex();
      next = 0;
      Arrays.fill(counts, 0);
      Arrays.fill(documentCounts, 0);
      Arrays.fill(lastDocument, 0);
      while (documents.hasNext() && tokens.size() < MOST_TOKENS_KEPT) {
        document++;
        ArrayData all = documents.next().getArray(0);
        int length = all.numElements();
        for (int position = 0; position < length; position++) {
          Utf8.give(all.getUTF8String(position), this);
        }
      }
    }

    @Override
    public void token(byte[] utf8, int from, int length) {
      int token = tokens.add(utf8, from, length);
      if (token == counts.length) {
        counts = Arrays.copyOf(counts, 2 * token);
        documentCounts = Arrays.copyOf(documentCounts, 2 * token);
        lastDocument = Arrays.copyOf(lastDocument, 2 * token);
      }
      counts[token]++;
      if (lastDocument[token] != document) {
        lastDocument[token] = document;
        documentCounts[token]++;
      }
    }
  }
}
