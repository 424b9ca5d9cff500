package io.meanmax.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.holdenkarau.spark.testing.JavaRDDComparisons;
import io.meanmax.bundle.Bundle;
import io.meanmax.config.InputConfig;
import io.meanmax.job.evaluate.EvaluateJob;
import io.meanmax.job.runtime.StageRecord;
import io.meanmax.job.runtime.VocabularyTables;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import io.meanmax.vocabulary.Labels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same documents in 1, 3 and 7 partitions give the same of everything. */
@ExtendWith(SparkExtension.class)
class PartitioningIT {
  private static final int[] PARTITIONS = {1, 3, 7};

  @TempDir private Path folder;

  private String parquet(SparkSession spark, int partitions) {
    List<Row> rows = new ArrayList<>();
    List<String> lines = Corpus.lines(200, 9);
    for (int i = 0; i < lines.size(); i++) {
      String[] parts = lines.get(i).split(" ", 2);
      rows.add(RowFactory.create("d" + i, parts[0].substring("__label__".length()), parts[1]));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.StringType)
            .add("label", DataTypes.StringType)
            .add("text", DataTypes.StringType);
    String path = folder.resolve("docs-" + partitions + ".parquet").toString();
    spark.createDataFrame(rows, schema).repartition(partitions).write().parquet(path);
    return path;
  }

  @Test
  void vocabulary_labels_encodedData_andMetrics_areTheSame(SparkSession spark) {
    List<Road> roads = new ArrayList<>();
    List<JsonNode> metrics = new ArrayList<>();
    for (int partitions : PARTITIONS) {
      Road road =
          Road.of(
                  spark,
                  folder.resolve("work-" + partitions),
                  parquet(spark, partitions),
                  "vocabulary.min-count=2",
                  "encode.max-tokens=4",
                  "train.epochs=1",
                  "train.threads-per-worker=1")
              .prepare();
      Bundle bundle = road.bundle(road.train());
      roads.add(road);
      new EvaluateJob(spark, bundle, InputConfig.from(road.settings()), road.output("evaluate"))
          .run();
      metrics.add(
          EvaluateJob.metrics(spark.sparkContext().hadoopConfiguration(), road.path("evaluate"))
              .toJson());
    }
    Road first = roads.get(0);
    for (Road road : roads) {
      assertThat(hash(road)).isEqualTo(hash(first));
      assertThat(labels(road)).isEqualTo(labels(first));
      JavaRDDComparisons.assertRDDEquals(
          first.rows("encode").javaRDD(), road.rows("encode").javaRDD());
      assertThat(record(road).counts()).isEqualTo(record(first).counts());
    }
    assertThat(metrics).containsOnly(metrics.get(0));
  }

  private static List<Labels.Entry> labels(Road road) {
    return VocabularyTables.read(road.spark(), road.path("vocabulary")).labels().entries();
  }

  private static String hash(Road road) {
    return VocabularyTables.read(road.spark(), road.path("vocabulary")).hash();
  }

  private static StageRecord record(Road road) {
    return StageRecord.require(
        road.spark().sparkContext().hadoopConfiguration(), road.path("encode"), "encode");
  }

  @Test
  void comparison_doesTellRowsApart(SparkSession spark) {
    var one = spark.range(3).javaRDD();
    var other = spark.range(4).javaRDD();
    assertThatThrownBy(() -> JavaRDDComparisons.assertRDDEquals(one, other))
        .isInstanceOf(AssertionError.class);
  }
}
