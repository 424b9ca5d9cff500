package io.meanmax.job.train.sparse;

import io.meanmax.sparse.ModelChange;
import java.io.Serializable;

/**
 * What a worker made of a round.
 *
 * @param worker its number
 * @param examples it trained on
 * @param weight their weights together
 * @param loss their weighted losses together
 * @param seconds the time of training alone
 * @param change the rows it touched, or the first piece of them; null where the driver is the
 *     worker
 * @param whole whether that is all of them
 */
record RoundResult(
    int worker,
    int examples,
    double weight,
    double loss,
    double seconds,
    ModelChange change,
    boolean whole)
    implements Serializable {

  RoundResult withChange(ModelChange rows, boolean all) {
    return new RoundResult(worker, examples, weight, loss, seconds, rows, all);
  }
}
