package io.meanmax.bundle;

import java.util.Objects;

/**
 * The versions of what trained a model; {@code "unknown"} where one cannot be told.
 *
 * @param codeRevision the commit that MeanMax was built from
 */
public record Software(
    String codeRevision, String meanmax, String java, String spark, String dl4j) {

  public Software {
    Objects.requireNonNull(codeRevision, "code_revision");
    Objects.requireNonNull(meanmax, "meanmax");
    Objects.requireNonNull(java, "java");
    Objects.requireNonNull(spark, "spark");
    Objects.requireNonNull(dl4j, "dl4j");
  }
}
