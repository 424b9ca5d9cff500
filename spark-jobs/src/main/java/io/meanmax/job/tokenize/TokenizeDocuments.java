package io.meanmax.job.tokenize;

import io.meanmax.text.TextPipeline;
import io.meanmax.text.Tokenizer;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Turns rows (id, text, label, weight) into rows (id, tokens, label, weight). */
final class TokenizeDocuments implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final TextPipeline pipeline;

  TokenizeDocuments(TextPipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> documents) {
    Tokenizer tokenizer = pipeline.open();
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(documents, 0), false)
        .map(
            row ->
                RowFactory.create(
                    row.getString(0),
                    tokenizer.tokenize(row.getString(1)).toArray(),
                    row.getString(2),
                    row.getDouble(3)))
        .iterator();
  }
}
