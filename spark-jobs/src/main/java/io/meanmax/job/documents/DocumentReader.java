package io.meanmax.job.documents;

import io.meanmax.config.InputConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.runtime.JobException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Opens documents of any format. */
public final class DocumentReader {
  private static final Set<InputConfig.Format> TABLES =
      EnumSet.of(InputConfig.Format.PARQUET, InputConfig.Format.ORC);

  private DocumentReader() {}

  /**
   * The rows of an input: documents, and rejected rows with a reason.
   *
   * @return rows of {@link io.meanmax.job.schema.Schemas#READ}; the id of a rejected row is its
   *     source
   * @throws io.meanmax.job.runtime.JobException if the input is missing or lacks a column
   */
  public static Dataset<Row> read(SparkSession spark, InputConfig given, Labelling labelling) {
    return read(spark, given, labelling, List.of());
  }

  /**
   * The same, with columns of the input's table that go with the documents.
   *
   * @param kept names of columns; none, unless the input is a table of some kind
   * @return the rows, and what {@link KeptColumns} makes of the columns
   */
  public static Dataset<Row> read(
      SparkSession spark, InputConfig given, Labelling labelling, List<String> kept) {
    InputConfig input = withFormat(spark, given);
    boolean lines =
        input.path() != null
            && switch (input.format()) {
              case FASTTEXT, JSON -> true;
              case CSV -> !input.csvMultiLine();
              default -> false;
            };
    boolean table = input.path() == null || TABLES.contains(input.format());
    if (!kept.isEmpty() && !table) {
      throw new JobException(
          ("Columns %s of %s cannot be kept (keep-columns): that takes Parquet, ORC, a Hive table or a"
                  + " query")
              .formatted(kept, input.describe()));
    }
    return lines
        ? LineReader.read(spark, input, labelling)
        : TableReader.read(spark, input, labelling, kept);
  }

  /** What the path does not tell of the format, the names of the files do; they must agree. */
  private static InputConfig withFormat(SparkSession spark, InputConfig input) {
    if (input.format() != InputConfig.Format.AUTO) {
      return input;
    }
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    Path[] files = LineFiles.list(conf, input.path()).paths();
    InputConfig first = input.like(files[0].getName());
    for (Path file : files) {
      InputConfig.Format format = input.like(file.getName()).format();
      if (format != first.format()) {
        throw new JobException(
            "%s holds files of several formats: %s is %s, %s is %s. Give input.format (--format)"
                .formatted(
                    input.path(),
                    files[0].getName(),
                    Settings.nameOf(first.format()),
                    file.getName(),
                    Settings.nameOf(format)));
      }
    }
    return first;
  }
}
