package io.meanmax.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.meanmax.network.NetworkSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What whoever trained a model says about it; {@link BundleWriter#publish} adds the rest of the
 * manifest.
 *
 * @param network the shape of the network
 * @param text how text becomes tokens, so that scoring does it the same way; not to be modified
 * @param training how it was trained
 * @param software what trained it
 * @param metrics the few figures that a list of models shows, in this order
 */
public record ModelDescription(
    NetworkSpec network,
    JsonNode text,
    Training training,
    Software software,
    Map<String, Double> metrics) {

  public ModelDescription {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(training, "training");
    Objects.requireNonNull(software, "software");
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }
}
