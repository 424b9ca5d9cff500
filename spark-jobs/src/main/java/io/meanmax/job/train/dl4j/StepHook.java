package io.meanmax.job.train.dl4j;

import io.meanmax.job.train.DivergedException;
import org.apache.spark.TaskContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Sees every step of every worker: sums the loss, and stops training where it is no longer a
 * number.
 */
final class StepHook implements TrainingHook {
  private static final long serialVersionUID = 1L;

  private final StepSums sums;

  StepHook(StepSums sums) {
    this.sums = sums;
  }

  @Override
  public void preUpdate(MultiDataSet batch, Model model) {}

  @Override
  public void postUpdate(MultiDataSet batch, Model model) {
    double loss = model.score();
    if (!Double.isFinite(loss)) {
      int step = ((ComputationGraph) model).getConfiguration().getIterationCount();
      throw new DivergedException(
          "loss is %s at step %d of worker %d".formatted(loss, step, TaskContext.getPartitionId()));
    }
    // DL4J's score is the batch's summed weighted loss divided by its number of examples, and the
    // labels hold the weights.
    long examples = batch.getFeatures(0).size(0);
    double weight = batch.getLabels(0).sumNumber().doubleValue();
    sums.add(
        new StepSums.Step(
            TaskContext.getPartitionId(), new StepSums.Sums(loss * examples, weight, examples)));
  }

  @Override
  public void preUpdate(DataSet batch, Model model) {}

  @Override
  public void postUpdate(DataSet batch, Model model) {}
}
