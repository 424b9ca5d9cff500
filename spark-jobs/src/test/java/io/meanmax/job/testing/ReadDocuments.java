package io.meanmax.job.testing;

import io.meanmax.config.InputConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.documents.DocumentReader;
import io.meanmax.job.documents.Labelling;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the reader makes of an input, as texts that a test can compare. */
public final class ReadDocuments {
  private ReadDocuments() {}

  /** {@code input.*} settings without a source. */
  public static InputConfig input(String... overrides) {
    return InputConfig.from(Settings.read(null, List.of(overrides)));
  }

  /** {@code id|label|text|weight} of each document, {@code id!reason} of each rejected row. */
  public static List<String> of(SparkSession spark, InputConfig input) {
    return DocumentReader.read(spark, input, Labelling.REQUIRED).collectAsList().stream()
        .map(ReadDocuments::text)
        .sorted()
        .toList();
  }

  /** The same of a path, with settings. */
  public static List<String> of(SparkSession spark, String path, String... overrides) {
    return of(
        spark, InputConfig.from(Settings.read(null, List.of(overrides)).with("input.path", path)));
  }

  private static String text(Row row) {
    return row.getString(4) != null
        ? "%s!%s".formatted(row.getString(0), row.getString(4))
        : "%s|%s|%s|%s"
            .formatted(row.getString(0), row.getString(2), row.getString(1), row.getDouble(3));
  }
}
