package io.meanmax.job.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.ModelRegistry;
import io.meanmax.config.ConfigurationException;
import io.meanmax.config.ModelConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.runtime.JobException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code models gate}: compares metrics that {@code evaluate} left, and measures nothing itself.
 */
@Command(
    name = "gate",
    description = {
      "Fails (status 1) unless a version is good enough to go live.",
      "Compares what 'evaluate --with-current' measured. Changes nothing."
    })
final class GateModel extends ModelsCommand.RegistryCommand {
  /** Those of which more is better; all of them lie in [0, 1]. */
  private static final List<String> METRICS =
      List.of("accuracy", "top3_accuracy", "micro_f1", "macro_f1", "weighted_f1");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "VERSION", description = "The version.")
  private String version;

  @Option(
      names = "--fail-under",
      paramLabel = "METRIC=VALUE",
      description = "The least value of a metric, 0 to 1; may be repeated.")
  private Map<String, Double> failUnder = new LinkedHashMap<>();

  @Option(
      names = "--max-drop",
      paramLabel = "METRIC=VALUE",
      description = "How far, 0 to 1, a metric may be under the live version's; may be repeated.")
  private Map<String, Double> maxDrop = new LinkedHashMap<>();

  @Override
  Work prepare(Settings settings) {
    ModelConfig config = ModelConfig.from(settings);
    config.requiredName();
    requireVersion(version);
    requireMetrics();
    return (spark, out) -> {
      ModelRegistry registry = registry(spark, config);
      Bundle bundle = registry.open(config.name(), version);
      Optional<Bundle> live =
          registry
              .current(config.name())
              .filter(current -> !current.equals(version))
              .map(current -> registry.open(config.name(), current));
      List<String> failures = new ArrayList<>();
      failUnder.forEach((metric, least) -> hold(bundle, metric, least, failures, out));
      maxDrop.forEach((metric, drop) -> compare(bundle, live, metric, drop, failures, out));
      if (!failures.isEmpty()) {
        throw new JobException(
            "Version %s of %s does not pass: %s"
                .formatted(version, config.name(), String.join("; ", failures)));
      }
      out.printf("%s version %s passes%n", config.name(), version);
    };
  }

  private void requireMetrics() {
    List<String> given = new ArrayList<>(failUnder.keySet());
    given.addAll(maxDrop.keySet());
    if (given.isEmpty() || !METRICS.containsAll(given)) {
      throw new ParameterException(
          spec.commandLine(),
          "Say what is asked of a version with --fail-under or --max-drop, for instance"
              + " --fail-under accuracy=0.8; the metrics are "
              + METRICS);
    }
    failUnder.forEach((metric, least) -> requireRate("--fail-under " + metric, least));
    maxDrop.forEach((metric, drop) -> requireRate("--max-drop " + metric, drop));
  }

  private static void requireRate(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new ConfigurationException(
          "%s must be a number from 0 to 1; found %s".formatted(what, value));
    }
  }

  private static void hold(
      Bundle bundle, String metric, double least, List<String> failures, PrintWriter out) {
    double value = metric(bundle, metric);
    out.printf("%s %.4f, at least %.4f%n", metric, value, least);
    if (!(value >= least)) {
      failures.add("%s %.4f is under %.4f".formatted(metric, value, least));
    }
  }

  private static void compare(
      Bundle bundle,
      Optional<Bundle> live,
      String metric,
      double drop,
      List<String> failures,
      PrintWriter out) {
    if (live.isEmpty()) {
      out.printf("%s: no other version is live%n", metric);
      return;
    }
    String current = live.get().manifest().version();
    double value = metric(bundle, metric);
    double standing = metric(live.get(), metric);
    requireSameDocuments(bundle, live.get());
    out.printf("%s %.4f, live version %s %.4f%n", metric, value, current, standing);
    if (!(value >= standing - drop)) {
      failures.add(
          "%s %.4f is more than %.4f under the %.4f of the live version %s"
              .formatted(metric, value, drop, standing, current));
    }
  }

  /** As far as their number tells. */
  private static void requireSameDocuments(Bundle bundle, Bundle live) {
    long examples = (long) metric(bundle, "examples");
    long standing = (long) metric(live, "examples");
    if (examples != standing) {
      throw new JobException(
          ("Cannot compare version %s of %s with the live version %s: it was measured on %,d test"
                  + " documents, the live one on %,d. Measure both on the same ones: evaluate"
                  + " --model-version %1$s --with-current")
              .formatted(
                  bundle.manifest().version(),
                  bundle.manifest().model(),
                  live.manifest().version(),
                  examples,
                  standing));
    }
  }

  private static double metric(Bundle bundle, String metric) {
    JsonNode value = bundle.metrics().path("test").path(metric);
    if (!value.isNumber()) {
      throw new JobException(
          "%s has no %s of test documents. Run evaluate first, with --with-current"
              .formatted(bundle.path(), metric));
    }
    return value.asDouble();
  }
}
