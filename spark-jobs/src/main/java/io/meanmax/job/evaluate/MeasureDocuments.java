package io.meanmax.job.evaluate;

import io.meanmax.bundle.TextClassifier;
import io.meanmax.job.runtime.Models;
import io.meanmax.metric.ClassificationAccumulator;
import io.meanmax.vocabulary.Labels;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/** Predicts the documents (id, text, label, weight) of a partition and counts hits and misses. */
final class MeasureDocuments implements MapPartitionsFunction<Row, ClassificationAccumulator> {
  private static final long serialVersionUID = 1L;

  private final Models.Reference model;

  MeasureDocuments(Models.Reference model) {
    this.model = model;
  }

  @Override
  public Iterator<ClassificationAccumulator> call(Iterator<Row> documents) {
    TextClassifier classifier = model.load();
    TextClassifier.Session session = classifier.session();
    Labels labels = classifier.labels();
    ClassificationAccumulator counts =
        new ClassificationAccumulator(labels.size(), ClassificationAccumulator.CUTOFFS);
    while (documents.hasNext()) {
      Row row = documents.next();
      float[] probabilities = session.probabilities(row.getString(1));
      int label = labels.id(row.getString(2));
      if (label == Labels.UNSEEN) {
        counts.addUnseen(row.getString(2), probabilities);
      } else {
        counts.add(label, probabilities);
      }
    }
    return List.of(counts).iterator();
  }
}
