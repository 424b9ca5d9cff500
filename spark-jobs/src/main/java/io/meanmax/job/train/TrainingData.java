package io.meanmax.job.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.job.schema.Schemas;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;

/**
 * Encoded examples cached in primitive arrays, one {@link EncodedExamples} a partition, cut into a
 * training part of one partition a worker and a validation part. Which part, which worker and which
 * place an example gets depends on its id and the seed alone, not on how the input is partitioned.
 *
 * @param training one partition a worker
 * @param validation the part that chooses the best epoch; may be empty
 * @param counts what both hold
 */
public record TrainingData(
    JavaRDD<EncodedExamples> training, JavaRDD<EncodedExamples> validation, Counts counts)
    implements AutoCloseable {
  private static final int PARTS = 1_000_000;

  /**
   * Sizes of the parts.
   *
   * @param trainingExamples in all
   * @param trainingWords ids of the training examples
   * @param trainingWeight what the training examples weigh together
   * @param mostExamples of one worker
   * @param validationExamples in all
   */
  public record Counts(
      long trainingExamples,
      long trainingWords,
      double trainingWeight,
      int mostExamples,
      long validationExamples) {

    /** Of both parts. */
    long examples() {
      return trainingExamples + validationExamples;
    }
  }

  /** Splits, distributes and caches. */
  static TrainingData load(
      Dataset<Row> encoded, int workers, double validationFraction, long seed) {
    Column place = xxhash64(lit(seed), col(Schemas.ID));
    Column part = pmod(xxhash64(lit("split"), lit(seed), col(Schemas.ID)), lit(PARTS));
    Column held = part.lt(Math.round(validationFraction * PARTS));
    JavaRDD<EncodedExamples> training = cache(encoded.filter(held.unary_$bang()), workers, place);
    JavaRDD<EncodedExamples> validation = cache(encoded.filter(held), workers, place);
    return new TrainingData(training, validation, count(training, validation));
  }

  private static JavaRDD<EncodedExamples> cache(Dataset<Row> examples, int workers, Column place) {
    return examples
        .select(
            col(Schemas.FEATURES),
            col(Schemas.LABEL),
            col(Schemas.WEIGHT),
            place.as("place"),
            col(Schemas.ID))
        .repartition(workers, col("place"))
        .sortWithinPartitions(
            col("place"),
            col(Schemas.ID),
            col(Schemas.FEATURES),
            col(Schemas.LABEL),
            col(Schemas.WEIGHT))
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(new Collect(), true)
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static Counts count(
      JavaRDD<EncodedExamples> training, JavaRDD<EncodedExamples> validation) {
    List<Size> trained = sizes(training);
    List<Size> validated = sizes(validation);
    return new Counts(
        trained.stream().mapToLong(Size::examples).sum(),
        trained.stream().mapToLong(Size::words).sum(),
        trained.stream().mapToDouble(Size::weight).sum(),
        trained.stream().mapToInt(Size::examples).max().orElse(0),
        validated.stream().mapToLong(Size::examples).sum());
  }

  private static List<Size> sizes(JavaRDD<EncodedExamples> examples) {
    return examples.map(Size::of).collect();
  }

  private record Size(int examples, long words, double weight) implements Serializable {
    static Size of(EncodedExamples examples) {
      double weight = IntStream.range(0, examples.size()).mapToDouble(examples::weight).sum();
      return new Size(examples.size(), examples.words(), weight);
    }
  }

  @Override
  public void close() {
    // Waits, for a session that is closed meanwhile complains of what it cannot finish.
    training.unpersist(true);
    validation.unpersist(true);
  }

  /** Gathers the rows of a partition, of Spark's internal kind: their arrays hold no objects. */
  private static final class Collect
      implements FlatMapFunction<Iterator<InternalRow>, EncodedExamples> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<EncodedExamples> call(Iterator<InternalRow> rows) {
      EncodedExamples.Builder builder = new EncodedExamples.Builder();
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        builder.add(row.getArray(0).toIntArray(), row.getInt(1), row.getFloat(2));
      }
      return List.of(builder.build()).iterator();
    }
  }
}
