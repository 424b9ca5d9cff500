package io.meanmax.sparse;

import io.meanmax.embedding.EmbeddingTable;
import io.meanmax.embedding.FloatBytes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A model under training as bytes, with its optimiser state: the vectors and their moments, the
 * state of each row, then the layers. What shape it is of is not written; it is read into a model
 * of the same network and optimiser.
 */
public final class ModelState {
  private ModelState() {}

  /** Writes a model that no thread trains meanwhile. */
  public static void write(SparseModel model, DataOutput out) throws IOException {
    for (EmbeddingTable table : model.tables()) {
      FloatBytes.write(table, out);
    }
    FloatBytes.write(model.rowState, out);
    for (TrainableLayer layer : model.layers) {
      float[] values = new float[layer.size()];
      layer.copyTo(values);
      FloatBytes.write(values, out);
    }
  }

  /** Overwrites a model with what was written. */
  public static void read(SparseModel model, DataInput in) throws IOException {
    for (EmbeddingTable table : model.tables()) {
      FloatBytes.read(table, in);
    }
    FloatBytes.read(model.rowState, in);
    for (TrainableLayer layer : model.layers) {
      float[] values = new float[layer.size()];
      FloatBytes.read(values, in);
      layer.copyFrom(values);
    }
  }
}
