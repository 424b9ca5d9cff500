package io.meanmax.job.score;

import io.meanmax.bundle.TextClassifier;
import io.meanmax.job.runtime.Calls;
import io.meanmax.job.runtime.Models;
import io.meanmax.job.runtime.Utf8;
import io.meanmax.job.schema.Schemas;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/** A column of texts → that of their likeliest labels. Every task has one of its own. */
public final class LikeliestLabels implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Models.Reference model;
  private final int top;
  private transient TextClassifier.Session session;
  private transient UTF8String[] names;
  private transient int[] ids;

  LikeliestLabels(Models.Reference model, int top) {
    this.model = model;
    this.top = top;
  }

  /** The predictions for a column of texts. */
  Column of(Column text) {
    return Calls.of(this, "predict", Schemas.SCORED.apply(Schemas.PREDICTIONS).dataType(), text);
  }

  /** The predictions for one text; called by the code that Spark generates. */
  public ArrayData predict(UTF8String text) {
    if (session == null) {
      open();
    }
    Utf8.give(text, (utf8, from, length) -> ids = session.ids(utf8, from, length));
    List<TextClassifier.Prediction> likeliest = session.top(ids, top);
    Object[] rows = new InternalRow[likeliest.size()];
    for (int i = 0; i < rows.length; i++) {
      TextClassifier.Prediction prediction = likeliest.get(i);
      rows[i] =
          new GenericInternalRow(
              new Object[] {names[prediction.label()], prediction.probability()});
    }
    return new GenericArrayData(rows);
  }

  private void open() {
    TextClassifier classifier = model.load();
    session = classifier.session();
    names = new UTF8String[classifier.labels().size()];
    for (int label = 0; label < names.length; label++) {
      names[label] = UTF8String.fromString(classifier.labels().label(label));
    }
  }
}
