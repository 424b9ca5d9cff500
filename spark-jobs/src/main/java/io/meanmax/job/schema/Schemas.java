package io.meanmax.job.schema;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of the data contracts, and the check that a table has them. */
public final class Schemas {
  public static final String ID = "id";
  public static final String TEXT = "text";
  public static final String LABEL = "label";
  public static final String WEIGHT = "weight";
  public static final String TOKENS = "tokens";
  public static final String TOKEN = "token";
  public static final String COUNT = "count";
  public static final String DOCUMENT_COUNT = "document_count";
  public static final String FEATURES = "features";
  public static final String SOURCE = "source";
  public static final String REASON = "reason";
  public static final String ROW = "row";
  public static final String VECTOR = "vector";
  public static final String PREDICTIONS = "predictions";

  /** What reading gives: a document, or the reason why a row is none. */
  public static final StructType READ =
      struct(
          required(ID, DataTypes.StringType),
          optional(TEXT, DataTypes.StringType),
          optional(LABEL, DataTypes.StringType),
          required(WEIGHT, DataTypes.DoubleType),
          optional(REASON, DataTypes.StringType),
          optional(ROW, DataTypes.StringType));

  /** Documents. */
  public static final StructType DOCUMENTS =
      struct(
          required(ID, DataTypes.StringType),
          required(TEXT, DataTypes.StringType),
          optional(LABEL, DataTypes.StringType),
          required(WEIGHT, DataTypes.DoubleType));

  /** Rows that could not be used. */
  public static final StructType REJECTED =
      struct(
          required(SOURCE, DataTypes.StringType),
          required(REASON, DataTypes.StringType),
          optional(ROW, DataTypes.StringType));

  /** Tokenized documents. */
  public static final StructType TOKENIZED =
      struct(
          required(ID, DataTypes.StringType),
          required(TOKENS, array(DataTypes.StringType)),
          optional(LABEL, DataTypes.StringType),
          required(WEIGHT, DataTypes.DoubleType));

  /** Tokens and their ids. */
  public static final StructType VOCABULARY =
      struct(
          required(ID, DataTypes.IntegerType),
          required(TOKEN, DataTypes.StringType),
          required(COUNT, DataTypes.LongType),
          required(DOCUMENT_COUNT, DataTypes.LongType));

  /** Labels and their ids. */
  public static final StructType LABELS =
      struct(
          required(ID, DataTypes.IntegerType),
          required(LABEL, DataTypes.StringType),
          required(COUNT, DataTypes.LongType),
          required(WEIGHT, DataTypes.DoubleType));

  /** Encoded examples. */
  public static final StructType ENCODED =
      struct(
          required(ID, DataTypes.StringType),
          required(FEATURES, array(DataTypes.IntegerType)),
          required(LABEL, DataTypes.IntegerType),
          required(WEIGHT, DataTypes.FloatType));

  /** Predictions. */
  public static final StructType SCORED =
      struct(
          required(ID, DataTypes.StringType),
          required(
              PREDICTIONS,
              array(
                  struct(
                      required(LABEL, DataTypes.StringType),
                      required("probability", DataTypes.FloatType)))),
          required("model", DataTypes.StringType),
          required("model_version", DataTypes.StringType),
          required("scored_at", DataTypes.TimestampType));

  /** Word vectors. */
  public static final StructType WORD_VECTORS =
      struct(required(TOKEN, DataTypes.StringType), required(VECTOR, array(DataTypes.FloatType)));

  /** Document vectors. */
  public static final StructType DOCUMENT_VECTORS =
      struct(required(ID, DataTypes.StringType), required(VECTOR, array(DataTypes.FloatType)));

  private Schemas() {}

  /**
   * Checks that a table has the columns of a contract; more columns are allowed.
   *
   * @param what the table's name in a message
   * @throws SchemaException naming what was expected beside what was found
   */
  public static void require(StructType expected, StructType found, String what) {
    List<String> wrong = new ArrayList<>();
    for (StructField field : expected.fields()) {
      int index = List.of(found.fieldNames()).indexOf(field.name());
      if (index < 0) {
        wrong.add("%s %s is missing".formatted(field.name(), field.dataType().catalogString()));
      } else if (!DataType.equalsIgnoreNullability(
          found.fields()[index].dataType(), field.dataType())) {
        wrong.add(
            "%s should be %s and is %s"
                .formatted(
                    field.name(),
                    field.dataType().catalogString(),
                    found.fields()[index].dataType().catalogString()));
      }
    }
    if (!wrong.isEmpty()) {
      throw new SchemaException(
          "%s does not have the columns it needs: %s. Expected %s, found %s"
              .formatted(
                  what, String.join(", ", wrong), expected.catalogString(), found.catalogString()));
    }
  }

  private static StructType struct(StructField... fields) {
    return new StructType(fields);
  }

  private static StructField required(String name, DataType type) {
    return new StructField(name, type, false, Metadata.empty());
  }

  private static StructField optional(String name, DataType type) {
    return new StructField(name, type, true, Metadata.empty());
  }

  private static DataType array(DataType element) {
    return DataTypes.createArrayType(element, false);
  }
}
