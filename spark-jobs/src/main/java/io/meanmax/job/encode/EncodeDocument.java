package io.meanmax.job.encode;

import io.meanmax.encoding.DocumentEncoder;
import io.meanmax.vocabulary.Labels;
import io.meanmax.vocabulary.Vocabulary;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Encodes a row (id, tokens, label, weight) and notes how many tokens were cut. */
final class EncodeDocument implements MapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<VocabularyAndLabels> ids;
  private final int maxTokens;
  private transient DocumentEncoder encoder;

  EncodeDocument(Broadcast<VocabularyAndLabels> ids, int maxTokens) {
    this.ids = ids;
    this.maxTokens = maxTokens;
  }

  /** What every task needs to look up. */
  record VocabularyAndLabels(Vocabulary vocabulary, Labels labels)
      implements java.io.Serializable {}

  @Override
  public Row call(Row row) {
    if (encoder == null) {
      encoder = new DocumentEncoder(ids.value().vocabulary(), maxTokens);
    }
    Labels labels = ids.value().labels();
    List<String> tokens = row.getList(1);
    int label = labels.id(row.getString(2));
    float weight = 0;
    if (label != Labels.UNSEEN) {
      weight = (float) (row.getDouble(3) * labels.entries().get(label).weight());
    }
    int[] features = encoder.encode(tokens);
    return RowFactory.create(row.getString(0), features, label, weight, encoder.cut(tokens.size()));
  }
}
