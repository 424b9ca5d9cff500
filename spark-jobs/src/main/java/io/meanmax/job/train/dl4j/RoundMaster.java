package io.meanmax.job.train.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDDLike;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;

/**
 * DL4J's parameter averaging for data that is already cut into rounds: one partition a worker, no
 * more batches in it than the averaging frequency. The stock master would count the data by
 * assembling every batch once more, scan every partition for every round, and leave each round's
 * broadcast behind.
 */
final class RoundMaster extends ParameterAveragingTrainingMaster {
  private static final long serialVersionUID = 1L;

  private final transient List<Broadcast<NetBroadcastTuple>> broadcasts = new ArrayList<>();

  RoundMaster(int workers, int batchSize, int averagingFrequency, StepHook hook) {
    super(
        new Builder(workers, batchSize)
            .batchSizePerWorker(batchSize)
            .averagingFrequency(averagingFrequency)
            .workerPrefetchNumBatches(0)
            .repartionData(Repartition.Never)
            .storageLevel(null)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .saveUpdater(true)
            .trainingHooks(hook));
  }

  /** One round is one split, whatever it holds. */
  @Override
  protected <T, R extends JavaRDDLike<T, R>> long getTotalDataSetObjectCount(
      JavaRDDLike<T, R> trainingData) {
    return 1;
  }

  @Override
  public ParameterAveragingTrainingWorker getWorkerInstance(SparkComputationGraph graph) {
    JavaSparkContext sc = graph.getSparkContext();
    Broadcast<NetBroadcastTuple> broadcast =
        sc.broadcast(
            new NetBroadcastTuple(
                graph.getNetwork().getConfiguration(),
                graph.getNetwork().params(),
                graph.getNetwork().getUpdater().getStateViewArray()));
    broadcasts.add(broadcast);
    WorkerConfiguration configuration =
        new WorkerConfiguration(
            true, batchSizePerWorker, batchSizePerWorker, averagingFrequency, 0, false);
    return new ParameterAveragingTrainingWorker(
        broadcast, saveUpdater, configuration, trainingHookList, null, null);
  }

  /** Frees the parameters that were sent for rounds that are over. */
  void destroyBroadcasts() {
    broadcasts.forEach(broadcast -> broadcast.destroy(true));
    broadcasts.clear();
  }
}
