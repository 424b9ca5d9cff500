package io.meanmax.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.bundle.ModelRegistry;
import io.meanmax.config.CheckpointConfig;
import io.meanmax.config.ModelConfig;
import io.meanmax.config.NetworkConfig;
import io.meanmax.config.Settings;
import io.meanmax.config.TrainConfig;
import io.meanmax.job.encode.EncodeJob;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import io.meanmax.job.vocabulary.VocabularyJob;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class NamedVersionTest {
  @TempDir private Path folder;

  private static TrainJob job(Road road, boolean setCurrent, boolean overwrite, String seed) {
    Settings settings =
        road.settings()
            .with("models.version", "2026-11-20")
            .with("models.set-current", setCurrent)
            .with("output.overwrite", overwrite)
            .with("train.seed", seed);
    return new TrainJob(
        road.spark(),
        road.path(EncodeJob.STAGE),
        road.path(VocabularyJob.STAGE),
        NetworkConfig.from(settings),
        TrainConfig.from(settings),
        CheckpointConfig.from(settings),
        ModelConfig.from(settings),
        settings);
  }

  @Test
  void versionOfAName_isPublishedOnce_replacedWhenAsked_andNeverWhileItIsLive(SparkSession spark) {
    String input = Corpus.write(folder.resolve("train.txt"), Corpus.lines(40, 1));
    Road road = Road.of(spark, folder.resolve("work"), input, "train.epochs=1").prepare();
    ModelRegistry registry =
        new ModelRegistry(
            spark.sparkContext().hadoopConfiguration(),
            new org.apache.hadoop.fs.Path(ModelConfig.from(road.settings()).path()));
    assertThat(job(road, false, false, "1").publishedBefore()).isEmpty();
    assertThat(job(road, false, false, "1").run().version()).isEqualTo("2026-11-20");
    assertThat(registry.current("tiny")).isEmpty();
    assertThat(job(road, false, false, "1").publishedBefore()).isPresent();
    assertThat(registry.current("tiny")).isEmpty();

    assertThat(job(road, false, false, "2").publishedBefore()).isEmpty();
    assertThatThrownBy(() -> job(road, false, false, "2").run())
        .isInstanceOf(JobException.class)
        .hasMessage(
            "Version 2026-11-20 of tiny exists and was made of other data or settings. Give another"
                + " --model-version, or --overwrite to replace it");
    job(road, false, true, "2").run();
    assertThat(registry.versions("tiny")).hasSize(1);
    assertThat(registry.open("tiny", "2026-11-20").manifest().training().seed()).isEqualTo(2);

    assertThat(job(road, true, false, "2").publishedBefore()).isPresent();
    assertThat(registry.current("tiny")).hasValue("2026-11-20");
    assertThatThrownBy(() -> job(road, true, true, "3").run())
        .isInstanceOf(JobException.class)
        .hasMessage(
            "Version 2026-11-20 of tiny is the live one and was made of other data or settings."
                + " Give another --model-version, or make another version live first (models"
                + " set-current)");
    assertThat(registry.open("tiny", "current").manifest().training().seed()).isEqualTo(2);
  }
}
