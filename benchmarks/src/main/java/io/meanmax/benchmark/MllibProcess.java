package io.meanmax.benchmark;

import io.meanmax.config.Settings;
import io.meanmax.job.runtime.Sessions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The child process of {@link MllibContestant}. Arguments: master, training file, test file, folder
 * for the model. Its words/s are those of all threads together.
 */
final class MllibProcess {
  static final int BUCKETS = 1 << 18;
  static final int ITERATIONS = 10;

  private static final String WORDS = "words";
  private static final String FEATURES = "features";
  private static final String LABEL = "label";
  private static final String CLASS = "class";

  private MllibProcess() {}

  /** Runs. */
  public static void main(String[] args) throws IOException {
    Map<String, Double> figures = new LinkedHashMap<>();
    Settings settings =
        Settings.defaults()
            // The gradient of 105 classes is larger than what Spark lets a task hand over.
            .with("spark.driver.maxResultSize", "0");
    try (SparkSession spark = Sessions.open("mllib", settings, args[0])) {
      Dataset<Row> train = read(spark, args[1]);
      PipelineModel prepared =
          new Pipeline()
              .setStages(
                  new PipelineStage[] {
                    new StringIndexer()
                        .setInputCol(LABEL)
                        .setOutputCol(CLASS)
                        .setHandleInvalid("skip"),
                    new HashingTF()
                        .setInputCol(WORDS)
                        .setOutputCol(FEATURES)
                        .setNumFeatures(BUCKETS)
                  })
              .fit(train);
      Dataset<Row> examples = prepared.transform(train).cache();
      long words = examples.selectExpr("sum(size(words))").first().getLong(0);
      long started = System.nanoTime();
      LogisticRegressionModel model =
          new LogisticRegression()
              .setFeaturesCol(FEATURES)
              .setLabelCol(CLASS)
              .setMaxIter(ITERATIONS)
              .fit(examples);
      double seconds = (System.nanoTime() - started) / 1e9;
      int iterations = Math.max(1, model.summary().totalIterations());
      prepared.write().overwrite().save(args[3] + "/features");
      model.write().overwrite().save(args[3] + "/classifier");
      figures.put(Figure.WALL_SECONDS.key(), ChildJvm.secondsSinceStart());
      figures.put(Figure.PEAK_MIB.key(), Job.peakMib("self"));
      figures.put(Figure.WORDS_PER_SECOND_PER_THREAD.key(), words * (double) iterations / seconds);
      Dataset<Row> test = read(spark, args[2]);
      double right =
          model.transform(prepared.transform(test)).filter("prediction = " + CLASS).count();
      figures.put(Figure.ACCURACY.key(), right / test.count());
    }
    ChildJvm.answer(figures);
  }

  private static Dataset<Row> read(SparkSession spark, String path) {
    return spark
        .read()
        .text(path)
        .selectExpr("split(value, ' ') as all")
        .selectExpr("all[0] as " + LABEL, "slice(all, 2, size(all) - 1) as " + WORDS);
  }
}
