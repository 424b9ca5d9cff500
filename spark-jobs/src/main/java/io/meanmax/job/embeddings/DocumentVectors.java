package io.meanmax.job.embeddings;

import io.meanmax.bundle.TextClassifier;
import io.meanmax.job.documents.KeptColumns;
import io.meanmax.job.runtime.Models;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The vectors of documents (id, text, …). */
final class DocumentVectors implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final Models.Reference model;

  DocumentVectors(Models.Reference model) {
    this.model = model;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> documents) {
    TextClassifier.Session session = model.load().session();
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(documents, 0), false)
        .map(
            row ->
                KeptColumns.with(
                    RowFactory.create(row.getString(0), session.vector(row.getString(1)).clone()),
                    row))
        .iterator();
  }
}
