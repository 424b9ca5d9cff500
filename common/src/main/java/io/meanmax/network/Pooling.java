package io.meanmax.network;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * How the embeddings of a document's real tokens, {@code [tokens, d]}, become one vector. PAD never
 * takes part.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Pooling.Mean.class, name = "mean"),
  @JsonSubTypes.Type(value = Pooling.Max.class, name = "max"),
  @JsonSubTypes.Type(value = Pooling.MeanMax.class, name = "mean-max")
})
public sealed interface Pooling extends java.io.Serializable {

  /** The length of the pooled vector for embeddings of length {@code dimension}. */
  int width(int dimension);

  /** The arithmetic mean of the token vectors, {@code [d]}. */
  record Mean() implements Pooling {
    @Override
    public int width(int dimension) {
      return dimension;
    }
  }

  /** The largest value of each component over the tokens, {@code [d]}. */
  record Max() implements Pooling {
    @Override
    public int width(int dimension) {
      return dimension;
    }
  }

  /** The mean, then the max, concatenated: {@code [2d]}. */
  record MeanMax() implements Pooling {
    @Override
    public int width(int dimension) {
      return 2 * dimension;
    }
  }
}
