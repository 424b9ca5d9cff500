package io.meanmax.job.encode;

import static org.apache.spark.sql.functions.col;

import io.meanmax.encoding.DocumentEncoder;
import io.meanmax.job.runtime.Calls;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.Shared;
import io.meanmax.job.runtime.Utf8;
import io.meanmax.job.schema.Schemas;
import io.meanmax.vocabulary.Labels;
import io.meanmax.vocabulary.Vocabulary;
import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Columns of tokens, labels and weights → those of encoded examples. Its methods over Spark's
 * values are called by the code that Spark generates.
 */
public final class ExampleEncoder implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Shared<Vocabulary> vocabulary;
  private final Shared<Labels> labels;
  private final int maxTokens;
  private transient DocumentEncoder encoder;

  ExampleEncoder(Shared<Vocabulary> vocabulary, Shared<Labels> labels, int maxTokens) {
    this.vocabulary = vocabulary;
    this.labels = labels;
    this.maxTokens = maxTokens;
  }

  /** The ids of the tokens. */
  Column features() {
    return Calls.of(
        this,
        "features",
        DataTypes.createArrayType(DataTypes.IntegerType, false),
        col(Schemas.TOKENS));
  }

  /** The label's id, or {@link Labels#UNSEEN}. */
  Column label() {
    return Calls.of(this, "label", DataTypes.IntegerType, col(Schemas.LABEL));
  }

  /** The document's own weight times its label's; 0 for a label that is not known. */
  Column weight() {
    return Calls.of(this, "weight", DataTypes.FloatType, col(Schemas.LABEL), col(Schemas.WEIGHT));
  }

  /** One document's ids. */
  public ArrayData features(ArrayData tokens) {
    if (tokens == null) {
      throw new JobException("A row has no tokens (null); run tokenize again");
    }
    if (encoder == null) {
      encoder = new DocumentEncoder(vocabulary.value(), maxTokens);
    }
    int length = Math.min(tokens.numElements(), maxTokens);
    for (int position = 0; position < length; position++) {
      Utf8.give(tokens.getUTF8String(position), encoder);
    }
    return UnsafeArrayData.fromPrimitiveArray(encoder.ids());
  }

  /** One label's id. */
  public int label(UTF8String label) {
    return label == null ? Labels.UNSEEN : labels.value().id(label.toString());
  }

  /** One example's weight. */
  public float weight(UTF8String label, double own) {
    int id = label(label);
    return id == Labels.UNSEEN ? 0 : (float) (own * labels.value().entries().get(id).weight());
  }
}
