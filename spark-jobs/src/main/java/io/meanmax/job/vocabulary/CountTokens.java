package io.meanmax.job.vocabulary;

import io.meanmax.job.schema.Schemas;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Counts the tokens of a partition: rows (token, count, document_count). A token may come several
 * times, because the table is emptied whenever it has grown too large to keep.
 */
final class CountTokens implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** Some 100 MB of tokens of usual length. */
  private static final int MOST_TOKENS_KEPT = 500_000;

  @Override
  public Iterator<Row> call(Iterator<Row> documents) {
    return new Counts(documents);
  }

  private static final class Tally {
    long count;
    long documents;
    long lastDocument = -1;
  }

  private static final class Counts implements Iterator<Row> {
    private final Iterator<Row> documents;
    private Iterator<Map.Entry<String, Tally>> full = Map.<String, Tally>of().entrySet().iterator();
    private long document;

    Counts(Iterator<Row> documents) {
      this.documents = documents;
    }

    @Override
    public boolean hasNext() {
      if (!full.hasNext() && documents.hasNext()) {
        full = countSome().entrySet().iterator();
      }
      return full.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Map.Entry<String, Tally> entry = full.next();
      return RowFactory.create(entry.getKey(), entry.getValue().count, entry.getValue().documents);
    }

    /** At least one document, so that the table is empty only where all documents are. */
    private Map<String, Tally> countSome() {
      Map<String, Tally> tallies = new HashMap<>();
      while (documents.hasNext() && tallies.size() < MOST_TOKENS_KEPT) {
        Row row = documents.next();
        List<String> tokens = row.getList(row.fieldIndex(Schemas.TOKENS));
        for (String token : tokens) {
          Tally tally = tallies.computeIfAbsent(token, t -> new Tally());
          tally.count++;
          if (tally.lastDocument != document) {
            tally.lastDocument = document;
            tally.documents++;
          }
        }
        document++;
      }
      return tallies;
    }
  }
}
