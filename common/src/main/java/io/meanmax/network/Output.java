package io.meanmax.network;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the last layer predicts, and with which loss it is trained. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(value = Output.Softmax.class, name = "softmax")})
public sealed interface Output extends java.io.Serializable {

  /** The number of output units. */
  int units();

  /**
   * One class of {@code classes}: softmax with the weighted cross-entropy.
   *
   * @param classes how many classes there are, at least 2
   */
  record Softmax(int classes) implements Output {
    public Softmax {
      if (classes < 2) {
        throw new IllegalArgumentException(
            "A softmax output needs at least 2 classes, found " + classes);
      }
    }

    @Override
    public int units() {
      return classes;
    }
  }
}
