package io.meanmax.job.train.sparse;

import io.meanmax.encoding.EncodedExamples;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaRDD;

/**
 * Hands the driver of a local session what Spark has cached, the very object: a result of a task
 * would be a copy. (What Spark had no memory for and wrote to disk is read once, and then stays in
 * memory as long as the driver keeps it, as it must while a round trains on it.)
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
