package io.meanmax.sparse;

import java.io.Serializable;

/**
 * A stretch of a worker's examples in this epoch's order, and where in the whole training it lies.
 *
 * @param from first place in the order
 * @param to one past the last
 * @param progressBefore share of the training that is done before it, 0 to 1
 * @param progressAfter share that is done after it
 */
public record Span(int from, int to, double progressBefore, double progressAfter)
    implements Serializable {

  double progress(int place) {
    return progressBefore
        + (progressAfter - progressBefore) * (place - from) / Math.max(1, to - from);
  }
}
