package io.meanmax.job.encode;

import io.meanmax.job.tokenize.TokenizeResult;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Breaks the rules that a job knows no other and nothing of Deeplearning4j. */
public final class ImportsTokenize {
  private ImportsTokenize() {}

  static long sum(TokenizeResult tokens, INDArray array) {
    return tokens.tokens() + array.length();
  }
}
