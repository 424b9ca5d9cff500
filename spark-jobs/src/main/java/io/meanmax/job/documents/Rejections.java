package io.meanmax.job.documents;

import io.meanmax.config.InputConfig;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.StageCounts;
import io.meanmax.job.runtime.StageMetrics;
import io.meanmax.job.schema.Schemas;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.functions;

/**
 * The rows that could not be used: written beside a stage's result, counted, and too many of them
 * fail the job. They are written in a pass of their own, which happens only where there are any.
 */
public final class Rejections {
  /** Folder of a result in which its rejected rows stand. */
  public static final String FOLDER = "_rejected";

  private static final String ROWS = "rows";
  private static final int SHOWN = 5;

  private final Dataset<Row> read;
  private final InputConfig input;
  private final StageCounts seen = new StageCounts();

  /**
   * The rejections of an input.
   *
   * @param read all its rows, as the reader gives them
   */
  public Rejections(Dataset<Row> read, InputConfig input) {
    this.read = read;
    this.input = input;
  }

  /** The documents alone; the first pass over them counts documents and rejected rows. */
  public Dataset<Row> documents() {
    Column reason = functions.col(Schemas.REASON);
    Column rows = functions.count(functions.lit(1)).as(ROWS);
    return seen.watch(read, rows, functions.count(reason).as("rejected"))
        .filter(reason.isNull())
        .drop(Schemas.REASON, Schemas.ROW);
  }

  /** How many documents there were. */
  public long documentCount() {
    return seen.count(ROWS) - seen.count("rejected");
  }

  /**
   * Writes what was rejected, after the documents were gone through.
   *
   * @param folder the stage's output
   * @return how many rows were rejected
   * @throws JobException if more than the allowed share was, there is no document at all, or the
   *     rejected rows are others when they are read again
   */
  public long write(String folder) {
    long rejected = seen.count("rejected");
    long rows = seen.count(ROWS);
    StageMetrics metrics = StageMetrics.current(read.sparkSession().sparkContext());
    metrics.add(StageMetrics.Counter.ROWS_READ, rows);
    metrics.add(StageMetrics.Counter.ROWS_REJECTED, rejected);
    if (rejected > 0) {
      StageCounts written = new StageCounts();
      written
          .watch(rejectedRows(), functions.count(functions.lit(1)).as(ROWS))
          .write()
          .mode(SaveMode.ErrorIfExists)
          .json(folder + "/" + FOLDER);
      requireSame(rejected, written.count(ROWS));
    }
    if (rejected > input.maxRejectedFraction() * rows) {
      throw new JobException(
          ("%d of %d rows of %s cannot be used, more than"
                  + " input.max-rejected-fraction = %s. The first:%n%s")
              .formatted(
                  rejected, rows, input.describe(), input.maxRejectedFraction(), firstRows()));
    }
    if (rows == rejected) {
      throw new JobException(input.describe() + " holds no document");
    }
    return rejected;
  }

  /** They were read twice. */
  private void requireSame(long rejected, long written) {
    if (written != rejected) {
      throw new JobException(
          ("%d rows of %s cannot be used, and %d when they were read again to be written down."
                  + " Does the input change while it is read, or a query give other rows each time?")
              .formatted(rejected, input.describe(), written));
    }
  }

  private Dataset<Row> rejectedRows() {
    return read.filter(functions.col(Schemas.REASON).isNotNull())
        .select(
            functions.col(Schemas.ID).as(Schemas.SOURCE),
            functions.col(Schemas.REASON),
            functions.col(Schemas.ROW));
  }

  private String firstRows() {
    List<Row> first = rejectedRows().takeAsList(SHOWN);
    return first.stream()
        .map(row -> "  %s: %s: %s".formatted(row.get(0), row.get(1), row.get(2)))
        .collect(Collectors.joining("\n"));
  }
}
