package io.meanmax.job.testing;

import io.meanmax.bundle.Bundle;
import io.meanmax.config.CheckpointConfig;
import io.meanmax.config.EncodeConfig;
import io.meanmax.config.InputConfig;
import io.meanmax.config.ModelConfig;
import io.meanmax.config.NetworkConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.Settings;
import io.meanmax.config.TokenizerConfig;
import io.meanmax.config.TrainConfig;
import io.meanmax.config.VocabularyConfig;
import io.meanmax.job.encode.EncodeJob;
import io.meanmax.job.encode.EncodeResult;
import io.meanmax.job.tokenize.TokenizeJob;
import io.meanmax.job.tokenize.TokenizeResult;
import io.meanmax.job.train.TrainJob;
import io.meanmax.job.train.TrainResult;
import io.meanmax.job.vocabulary.VocabularyJob;
import io.meanmax.job.vocabulary.VocabularyResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The stages of the road, each in its own folder below one folder.
 *
 * @param spark the session
 * @param folder of the stages
 * @param settings of all of them
 */
public record Road(SparkSession spark, Path folder, Settings settings) {

  /**
   * A road that reads {@code input}, with small networks unless {@code overrides} say otherwise.
   */
  public static Road of(SparkSession spark, Path folder, String input, String... overrides) {
    return new Road(spark, folder, settings(folder, input, overrides));
  }

  /** The settings of such a road. */
  public static Settings settings(Path folder, String input, String... overrides) {
    List<String> small =
        List.of(
            "input.path=\"" + input + "\"",
            "models.path=\"" + folder.resolve("models") + "\"",
            "models.name=tiny",
            "network.dimension=8",
            "train.epochs=3",
            "train.workers=1");
    return Settings.read(null, Stream.concat(small.stream(), Arrays.stream(overrides)).toList());
  }

  /** A model trained on 60 generated lines, in {@code folder}. */
  public static Bundle trained(SparkSession spark, Path folder, String... overrides) {
    String input = Corpus.write(folder.resolve("train.txt"), Corpus.lines(60, 1));
    Road road = of(spark, folder.resolve("work"), input, overrides).prepare();
    return road.bundle(road.train());
  }

  /** The folder of a stage. */
  public String path(String stage) {
    return folder.resolve(stage).toString();
  }

  /** The output of a stage, which may be replaced. */
  public OutputConfig output(String stage) {
    return new OutputConfig(path(stage), true, null);
  }

  /** Runs {@code tokenize}. */
  public TokenizeResult tokenize() {
    return new TokenizeJob(
            spark,
            InputConfig.from(settings),
            TokenizerConfig.from(settings),
            output(TokenizeJob.STAGE))
        .run();
  }

  /** Runs {@code vocabulary}. */
  public VocabularyResult vocabulary() {
    return new VocabularyJob(
            spark,
            path(TokenizeJob.STAGE),
            VocabularyConfig.from(settings),
            output(VocabularyJob.STAGE))
        .run();
  }

  /** Runs {@code encode}. */
  public EncodeResult encode() {
    return new EncodeJob(
            spark,
            path(TokenizeJob.STAGE),
            path(VocabularyJob.STAGE),
            EncodeConfig.from(settings),
            output(EncodeJob.STAGE))
        .run();
  }

  /** Runs all that comes before {@code train}. */
  public Road prepare() {
    tokenize();
    vocabulary();
    encode();
    return this;
  }

  /** Runs {@code train} after {@link #prepare}. */
  public TrainResult train() {
    return train(TrainConfig.from(settings));
  }

  /** Runs {@code train} with settings that a user could not give. */
  public TrainResult train(TrainConfig train) {
    return new TrainJob(
            spark,
            path(EncodeJob.STAGE),
            path(VocabularyJob.STAGE),
            NetworkConfig.from(settings),
            train,
            CheckpointConfig.from(settings),
            ModelConfig.from(settings),
            settings)
        .run();
  }

  /** Opens the model that {@link #train} made. */
  public Bundle bundle(TrainResult trained) {
    return Bundle.open(
        spark.sparkContext().hadoopConfiguration(), new org.apache.hadoop.fs.Path(trained.path()));
  }

  /** What a stage, or a part of it, wrote. */
  public Dataset<Row> rows(String stage) {
    return spark.read().parquet(path(stage));
  }
}
