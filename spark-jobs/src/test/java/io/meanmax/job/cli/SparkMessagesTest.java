package io.meanmax.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meanmax.job.runtime.JobException;
import io.meanmax.job.testing.SparkExtension;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What Spark itself throws, and what becomes of it. */
@ExtendWith(SparkExtension.class)
class SparkMessagesTest {
  private static final CountDownLatch AT_WORK = new CountDownLatch(1);

  @TempDir private Path folder;

  private static RuntimeException explained(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .map(SparkMessages::explain)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new AssertionError("not explained", failure));
  }

  @Test
  void fileThatWasReplacedMeanwhile_isNamed(SparkSession spark) throws IOException {
    String path = folder.resolve("table").toString();
    spark.range(10).coalesce(1).write().parquet(path);
    Dataset<Long> table = spark.read().parquet(path).as(Encoders.LONG());
    try (Stream<Path> files = Files.list(Path.of(path))) {
      Files.delete(files.filter(file -> file.toString().endsWith(".parquet")).findAny().get());
    }
    assertThat(explained(catchThrowable(table::collectAsList)))
        .isInstanceOf(JobException.class)
        .hasMessageMatching("file:\\S+/table/part-\\S+ is gone since the work began\\. If .*");
  }

  private static void waitLong(int anything) throws InterruptedException {
    AT_WORK.countDown();
    Thread.sleep(60_000);
  }

  @Test
  void sparkThatWasShutDown_isSaid(SparkSession spark) throws InterruptedException {
    JavaSparkContext sc = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Thread stopping =
        new Thread(
            () -> {
              try {
                AT_WORK.await();
                sc.stop();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    stopping.start();
    Throwable failure =
        catchThrowable(() -> sc.parallelize(List.of(1)).foreach(SparkMessagesTest::waitLong));
    stopping.join();
    assertThat(explained(failure))
        .hasMessage("Stopped, for Spark was shut down from outside, as SIGTERM does");
  }

  @Test
  void otherFailures_areNotExplained() {
    assertThat(SparkMessages.explain(new IllegalStateException("spark.x is odd"))).isEmpty();
    assertThat(SparkMessages.explain(new IllegalStateException())).isEmpty();
    // Such as a keytab: it was never there.
    assertThat(SparkMessages.explain(new FileNotFoundException("File file:/k does not exist")))
        .isEmpty();
  }
}
