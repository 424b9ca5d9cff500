package io.meanmax.job.embeddings;

import io.meanmax.bundle.TextClassifier;
import io.meanmax.job.runtime.Models;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The vectors of words by id. */
final class WordVectors implements MapPartitionsFunction<Long, Row> {
  private static final long serialVersionUID = 1L;

  private final Models.Reference model;

  WordVectors(Models.Reference model) {
    this.model = model;
  }

  @Override
  public Iterator<Row> call(Iterator<Long> ids) {
    TextClassifier classifier = model.load();
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(ids, 0), false)
        .map(Math::toIntExact)
        .map(
            id ->
                RowFactory.create(
                    classifier.vocabulary().token(id), classifier.parameters().embedding().row(id)))
        .iterator();
  }
}
