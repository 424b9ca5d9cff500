package io.meanmax.job.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.job.testing.SparkExtension;
import java.nio.file.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class StagedRowsTest {
  @TempDir private Path folder;

  @Test
  void rowsThatStandThere_areHeldToThoseThatWereRead(SparkSession spark) {
    String staged = folder.resolve("_tmp-1").toString();
    spark.range(0, 7, 1, 3).write().parquet(staged);
    spark.range(1).write().json(staged + "/_rejected");
    assertThatCode(() -> StagedRows.require(spark, staged, 7)).doesNotThrowAnyException();
    spark.range(1).write().mode(SaveMode.Append).parquet(staged);
    assertThatThrownBy(() -> StagedRows.require(spark, staged, 7))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(
            "8 rows were written where 7 documents were read and not rejected;");
  }
}
