package io.meanmax.job.train.sparse;

import io.meanmax.job.runtime.Shared;
import io.meanmax.sparse.ModelChange;
import io.meanmax.sparse.SparseModel;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A change of a model that tasks take over piece by piece, so that no executor holds all of it
 * beside the model. Closing it frees it everywhere.
 */
final class SharedChange implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final List<Shared<ModelChange>> pieces;
  private final long bytes;

  private SharedChange(List<Shared<ModelChange>> pieces, long bytes) {
    this.pieces = pieces;
    this.bytes = bytes;
  }

  /** Shares pieces of different rows, one of which has the layers. */
  static SharedChange of(JavaSparkContext sc, Stream<ModelChange> pieces) {
    List<Shared<ModelChange>> shared = pieces.map(piece -> Shared.of(sc, piece)).toList();
    return new SharedChange(
        shared, shared.stream().mapToLong(piece -> piece.value().bytes()).sum());
  }

  /** Overwrites a model's rows and layers. */
  void applyTo(SparseModel model) {
    pieces.forEach(piece -> piece.value().applyTo(model));
  }

  /** What each worker is sent. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    pieces.forEach(Shared::close);
  }
}
