package io.meanmax.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Break the rule that nothing is deserialised, each in one way. */
final class Deserializes {
  private Deserializes() {}

  static final class ByStream {
    Object read(InputStream in) throws IOException, ClassNotFoundException {
      try (ObjectInputStream objects = new ObjectInputStream(in)) {
        return objects.readObject();
      }
    }
  }

  static final class ByDl4j {
    ComputationGraph read(InputStream in) throws IOException {
      return ModelSerializer.restoreComputationGraph(in);
    }
  }

  static final class ByNd4j {
    INDArray read(InputStream in) throws IOException {
      return Nd4j.read(in);
    }
  }

  static final class ByJackson {
    ObjectMapper mapper() {
      ObjectMapper mapper = new ObjectMapper();
      return mapper.activateDefaultTyping(mapper.getPolymorphicTypeValidator());
    }
  }
}
