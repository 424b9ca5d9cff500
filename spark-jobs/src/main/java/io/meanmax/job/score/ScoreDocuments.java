package io.meanmax.job.score;

import io.meanmax.bundle.TextClassifier;
import io.meanmax.job.documents.KeptColumns;
import io.meanmax.job.runtime.Models;
import java.sql.Timestamp;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Predicts the likeliest labels of documents (id, text, …). */
final class ScoreDocuments implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final Models.Reference model;
  private final int top;
  private final Timestamp scoredAt;

  ScoreDocuments(Models.Reference model, int top, Timestamp scoredAt) {
    this.model = model;
    this.top = top;
    this.scoredAt = scoredAt;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> documents) {
    TextClassifier classifier = model.load();
    TextClassifier.Session session = classifier.session();
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(documents, 0), false)
        .map(row -> score(row, classifier, session))
        .iterator();
  }

  private Row score(Row row, TextClassifier classifier, TextClassifier.Session session) {
    Object[] predictions =
        session.top(row.getString(1), top).stream()
            .map(prediction -> RowFactory.create(prediction.name(), prediction.probability()))
            .toArray();
    Row scored =
        RowFactory.create(
            row.getString(0),
            predictions,
            classifier.manifest().model(),
            classifier.manifest().version(),
            scoredAt);
    return KeptColumns.with(scored, row);
  }
}
