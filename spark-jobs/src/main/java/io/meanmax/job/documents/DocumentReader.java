package io.meanmax.job.documents;

import io.meanmax.config.InputConfig;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Opens documents of any format. */
public final class DocumentReader {
  private DocumentReader() {}

  /**
   * The rows of an input: documents, and rejected rows with a reason.
   *
   * @return rows of {@link io.meanmax.job.schema.Schemas#READ}; the id of a rejected row is its
   *     source
   * @throws io.meanmax.job.runtime.JobException if the input is missing or lacks a column
   */
  public static Dataset<Row> read(SparkSession spark, InputConfig input, Labelling labelling) {
    boolean lines =
        input.path() != null
            && switch (input.format()) {
              case FASTTEXT, JSON -> true;
              case CSV -> !input.csvMultiLine();
              default -> false;
            };
    return lines
        ? LineReader.read(spark, input, labelling)
        : TableReader.read(spark, input, labelling);
  }
}
