package io.meanmax.job.runtime;

import static org.apache.spark.sql.functions.col;

import io.meanmax.job.schema.Schemas;
import io.meanmax.vocabulary.Vocabulary;
import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A column of ids → the other columns of a vocabulary's table, without a row of Java's for each.
 */
public final class VocabularyColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Shared<Vocabulary> vocabulary;

  VocabularyColumns(Shared<Vocabulary> vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** All columns of {@link Schemas#VOCABULARY}; {@code id} has to be there as a number. */
  Column[] all() {
    return new Column[] {
      col(Schemas.ID).cast(DataTypes.IntegerType).as(Schemas.ID),
      call("token", DataTypes.StringType).as(Schemas.TOKEN),
      call("count", DataTypes.LongType).as(Schemas.COUNT),
      call("documentCount", DataTypes.LongType).as(Schemas.DOCUMENT_COUNT)
    };
  }

  private Column call(String method, DataType type) {
    return Calls.of(this, method, type, col(Schemas.ID));
  }

  /** An id's token. */
  public UTF8String token(long id) {
    return UTF8String.fromString(vocabulary.value().token((int) id));
  }

  /** How often an id's token occurs. */
  public long count(long id) {
    return vocabulary.value().entries().get((int) id).count();
  }

  /** In how many documents an id's token occurs. */
  public long documentCount(long id) {
    return vocabulary.value().entries().get((int) id).documentCount();
  }
}
