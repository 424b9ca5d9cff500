package io.meanmax.job.train.sparse;

import io.meanmax.config.GenerateConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.job.generate.GenerateJob;
import io.meanmax.job.testing.Road;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** A generated corpus, ready to be trained on. */
final class GeneratedRoad {
  private GeneratedRoad() {}

  static Road of(
      SparkSession spark, Path folder, int documents, int vocabulary, String... overrides) {
    String corpus = folder.resolve("corpus").toString();
    Road road = Road.of(spark, folder.resolve("work"), corpus, overrides);
    new GenerateJob(
            spark,
            GenerateConfig.from(
                road.settings()
                    .with("generate.documents", documents)
                    .with("generate.vocabulary-size", vocabulary)
                    .with("generate.median-length", 20)),
            new OutputConfig(corpus, true, null))
        .run();
    return road.prepare();
  }

  /** The same with so many workers. */
  static Road with(Road road, int workers) {
    return new Road(road.spark(), road.folder(), road.settings().with("train.workers", workers));
  }
}
