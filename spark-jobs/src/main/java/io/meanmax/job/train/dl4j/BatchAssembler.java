package io.meanmax.job.train.dl4j;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.encoding.PaddedBatch;
import io.meanmax.job.train.EpochOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes the minibatches that a worker takes in one round: the examples in this epoch's order, cut
 * into batches, padded and masked; an example's weight stands in its label, 0 in the others.
 */
final class BatchAssembler implements FlatMapFunction<Iterator<EncodedExamples>, MultiDataSet> {
  private static final long serialVersionUID = 1L;

  private final int batchSize;
  private final int classes;
  private final long seed;
  private final int epoch;
  private final int firstBatch;
  private final int batches;

  /**
   * The batches {@code firstBatch} to {@code firstBatch + batches - 1} of an epoch.
   *
   * @param seed of the order, which is the same in all rounds of an epoch
   */
  BatchAssembler(int batchSize, int classes, long seed, int epoch, int firstBatch, int batches) {
    this.batchSize = batchSize;
    this.classes = classes;
    this.seed = seed;
    this.epoch = epoch;
    this.firstBatch = firstBatch;
    this.batches = batches;
  }

  @Override
  public Iterator<MultiDataSet> call(Iterator<EncodedExamples> parts) {
    if (!parts.hasNext()) {
      return Collections.emptyIterator();
    }
    // The first that a training task does with ND4J.
    TaskDevice.select();
    EncodedExamples examples = parts.next();
    int[] order = EpochOrder.of(examples.size(), seed, epoch, TaskContext.getPartitionId());
    int last = Math.min(firstBatch + batches, (order.length + batchSize - 1) / batchSize);
    return IntStream.range(firstBatch, Math.max(firstBatch, last))
        .mapToObj(batch -> assemble(examples, order, batch * batchSize))
        .iterator();
  }

  private MultiDataSet assemble(EncodedExamples examples, int[] order, int from) {
    int size = Math.min(batchSize, order.length - from);
    List<int[]> documents = new ArrayList<>(size);
    float[][] labels = new float[size][classes];
    for (int row = 0; row < size; row++) {
      int example = order[from + row];
      documents.add(examples.features(example));
      labels[row][examples.label(example)] = examples.weight(example);
    }
    PaddedBatch batch = PaddedBatch.of(documents);
    return new org.nd4j.linalg.dataset.MultiDataSet(
        new INDArray[] {Nd4j.createFromArray(batch.features())},
        new INDArray[] {Nd4j.createFromArray(labels)},
        new INDArray[] {Nd4j.createFromArray(batch.mask())},
        null);
  }
}
