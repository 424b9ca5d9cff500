package io.meanmax.job.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.JobGroup;
import io.meanmax.job.schema.Schemas;
import io.meanmax.job.testing.ReadDocuments;
import io.meanmax.job.testing.SparkExtension;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class RejectionsTest {
  private static final int ROWS = 10;
  private static final AtomicInteger READ = new AtomicInteger();

  @TempDir private Path folder;

  /** An input that has changed when it is read again: its third row is good then. */
  private static final class Changing implements MapFunction<Long, Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public Row call(Long id) {
      return READ.getAndIncrement() == 2
          ? RowFactory.create("" + id, null, null, 1.0, "empty text", " ")
          : RowFactory.create("" + id, "text", "label", 1.0, null, null);
    }
  }

  @Test
  void rejectedRows_thatAreOthersWhenReadAgain_failTheJob(SparkSession spark) {
    READ.set(0);
    Dataset<Row> changing =
        spark.range(0, ROWS, 1, 1).map(new Changing(), Encoders.row(Schemas.READ));
    try (JobGroup group = new JobGroup(spark, "some", "thing")) {
      group.now("reading twice");
      Rejections rejections =
          new Rejections(
              changing,
              ReadDocuments.input("input.path=changing.txt", "input.max-rejected-fraction=0.5"));
      assertThat(rejections.documents().collectAsList()).hasSize(ROWS - 1);
      assertThatThrownBy(() -> rejections.write(folder.toString()))
          .isInstanceOf(JobException.class)
          .hasMessage(
              "1 rows of changing.txt cannot be used, and 0 when they were read again to be written"
                  + " down. Does the input change while it is read, or a query give other rows each"
                  + " time?");
    }
  }
}
