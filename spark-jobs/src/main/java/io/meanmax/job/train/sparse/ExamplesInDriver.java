package io.meanmax.job.train.sparse;

import io.meanmax.encoding.EncodedExamples;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaRDD;

/**
 * Hands the driver of a local session what Spark has cached, the very object: a result of a task
 * would be a copy.
 */
final class ExamplesInDriver {
  private static final Map<String, EncodedExamples> ON_THE_WAY = new ConcurrentHashMap<>();

  private ExamplesInDriver() {}

  /**
   * What an RDD of one partition holds.
   *
   * @param run whose examples they are
   */
  static EncodedExamples of(JavaRDD<EncodedExamples> examples, String run) {
    try {
      examples.foreachPartition(parts -> ON_THE_WAY.put(run, parts.next()));
      return ON_THE_WAY.get(run);
    } finally {
      ON_THE_WAY.remove(run);
    }
  }
}
