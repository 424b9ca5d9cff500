package io.meanmax.job.embeddings;

import io.meanmax.bundle.TextClassifier;
import io.meanmax.job.runtime.Calls;
import io.meanmax.job.runtime.Models;
import io.meanmax.job.runtime.Utf8;
import io.meanmax.job.schema.Schemas;
import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/** A column of texts → that of their vectors. Every task has one of its own. */
public final class DocumentVectors implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Models.Reference model;
  private transient TextClassifier.Session session;
  private transient float[] vector;

  DocumentVectors(Models.Reference model) {
    this.model = model;
  }

  /** The vectors of a column of texts. */
  Column of(Column text) {
    return Calls.of(
        this, "vector", Schemas.DOCUMENT_VECTORS.apply(Schemas.VECTOR).dataType(), text);
  }

  /** The vector of one text; called by the code that Spark generates. */
  public ArrayData vector(UTF8String text) {
    if (session == null) {
      session = model.load().session();
    }
    Utf8.give(
        text, (utf8, from, length) -> vector = session.vector(session.ids(utf8, from, length)));
    return UnsafeArrayData.fromPrimitiveArray(vector);
  }
}
