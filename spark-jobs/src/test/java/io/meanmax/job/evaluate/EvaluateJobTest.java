package io.meanmax.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.bundle.Bundle;
import io.meanmax.config.InputConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.runtime.StageRecord;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import io.meanmax.metric.ClassificationMetrics;
import io.meanmax.metric.UnseenLabel;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class EvaluateJobTest {
  @TempDir private Path folder;

  @Test
  void unseenLabel_countsAsWrong_andIsReported(SparkSession spark) {
    String train = Corpus.write(folder.resolve("train.txt"), Corpus.lines(150, 1));
    Road road =
        Road.of(
                spark,
                folder.resolve("work"),
                train,
                "train.epochs=6",
                "train.learning-rate=0.05",
                "train.validation-fraction=0")
            .prepare();
    Bundle bundle = road.bundle(road.train());
    String test =
        Corpus.write(
            folder.resolve("test.txt"),
            List.of(
                "__label__sport sport1 sport2 sport3",
                "__label__music music1 music2 music3",
                "__label__art sport1 sport2 sport3",
                "__label__art unknown words"));
    EvaluateResult result =
        new EvaluateJob(
                spark,
                bundle,
                InputConfig.from(Settings.defaults().with("input.path", test)),
                road.output("evaluate"))
            .run();
    assertThat(result.metrics().examples()).isEqualTo(4);
    assertThat(result.metrics().accuracy()).isEqualTo(0.5);
    assertThat(result.metrics().top3Accuracy()).isEqualTo(0.5);
    assertThat(result.metrics().unseenLabels()).containsExactly(new UnseenLabel("art", 2));
    assertThat(result.metrics().toText()).contains("art");
    assertThat(
            StageRecord.require(
                    spark.sparkContext().hadoopConfiguration(), road.path("evaluate"), "evaluate")
                .counts())
        .containsEntry("unseen_labels", 2L)
        .containsEntry("documents", 4L);
    assertThat(ClassificationMetrics.fromJson(bundle.metrics().get("test")))
        .isEqualTo(result.metrics());
    assertThat(bundle.metrics().has("validation")).isFalse();
  }
}
