package io.meanmax.job.cli;

import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.ModelRegistry;
import io.meanmax.bundle.Names;
import io.meanmax.bundle.VersionSummary;
import io.meanmax.config.ConfigurationException;
import io.meanmax.config.ModelConfig;
import io.meanmax.config.Settings;
import io.meanmax.job.runtime.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code models}: what is published, and which of it is live. */
@Command(
    name = "models",
    description = "Lists, shows, switches and deletes model versions.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ModelsCommand.ListModels.class,
      ModelsCommand.Show.class,
      ModelsCommand.SetCurrent.class,
      GateModel.class,
      ModelsCommand.DeleteOld.class
    })
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do with models: list, show, gate, set-current or delete-old");
  }

  /** A command about the registry; Spark gives it the file systems of the cluster. */
  abstract static class RegistryCommand extends JobCommand {
    @Mixin private ModelNameOptions model;

    @Override
    Settings apply(Settings settings) {
      return model.apply(settings);
    }

    /**
     * Holds an argument to what a version can be called.
     *
     * @throws ConfigurationException if none can be called so
     */
    static void requireVersion(String version) {
      if (!Names.valid(version)) {
        throw new ConfigurationException(
            "VERSION must be %s; found '%s'".formatted(Names.RULE, version));
      }
      if (version.equals(ModelRegistry.CURRENT)) {
        throw new ConfigurationException(
            "VERSION must be one of those that 'models list' shows, not 'current'");
      }
    }

    static ModelRegistry registry(SparkSession spark, ModelConfig config) {
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      return new ModelRegistry(hadoop, new Path(config.path()));
    }
  }

  /** {@code models list}. */
  @Command(name = "list", description = "Lists versions, newest first; * is the live one.")
  static final class ListModels extends RegistryCommand {
    @Override
    Work prepare(Settings settings) {
      ModelConfig config = ModelConfig.from(settings);
      return (spark, out) -> {
        ModelRegistry registry = registry(spark, config);
        List<String> names = config.name() == null ? registry.names() : List.of(config.name());
        names.forEach(name -> registry.versions(name).forEach(version -> print(version, out)));
      };
    }

    private static void print(VersionSummary version, PrintWriter out) {
      String about =
          version
              .manifest()
              .map(manifest -> manifest.createdAt() + "  " + figures(manifest.metrics()))
              .orElseGet(() -> "unusable: " + version.problem().orElse(""));
      out.printf(
          "%s %s  %s  %s%n",
          version.current() ? "*" : " ", version.model(), version.version(), about);
    }

    private static String figures(Map<String, Double> metrics) {
      return metrics.entrySet().stream()
          .map(metric -> "%s %.4f".formatted(metric.getKey(), metric.getValue()))
          .collect(Collectors.joining(", "));
    }
  }

  /** {@code models show}. */
  @Command(
      name = "show",
      description = "Prints the manifest of a version, after checking its files.")
  static final class Show extends JobCommand {
    @Mixin private ModelOptions model;

    @Override
    Settings apply(Settings settings) {
      return model.apply(settings);
    }

    @Override
    Work prepare(Settings settings) {
      ModelConfig config = ModelConfig.from(settings);
      config.requiredName();
      return (spark, out) -> {
        Bundle bundle = ModelOptions.open(spark.sparkContext().hadoopConfiguration(), config);
        bundle.verify();
        out.println(manifest(spark, bundle));
        out.println(bundle.path());
      };
    }

    private static String manifest(SparkSession spark, Bundle bundle) {
      Path path = new Path(bundle.path(), Bundle.MANIFEST);
      try (InputStream in =
          path.getFileSystem(spark.sparkContext().hadoopConfiguration()).open(path)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new JobException("Cannot read " + path + ": " + e.getMessage(), e);
      }
    }
  }

  /** {@code models set-current}. */
  @Command(name = "set-current", description = "Makes a version the live one.")
  static final class SetCurrent extends RegistryCommand {
    @Parameters(paramLabel = "VERSION", description = "The version.")
    private String version;

    @Override
    Work prepare(Settings settings) {
      ModelConfig config = ModelConfig.from(settings);
      config.requiredName();
      requireVersion(version);
      return (spark, out) -> {
        registry(spark, config).setCurrent(config.name(), version);
        out.printf("%s: current is %s%n", config.name(), version);
      };
    }
  }

  /** {@code models delete-old}. */
  @Command(name = "delete-old", description = "Deletes all but the live and the newest versions.")
  static final class DeleteOld extends RegistryCommand {
    @Option(
        names = "--keep",
        paramLabel = "N",
        required = true,
        description = "How many of the newest versions stay, at least 1.")
    private int keep;

    @Override
    Work prepare(Settings settings) {
      ModelConfig config = ModelConfig.from(settings);
      config.requiredName();
      if (keep < 1) {
        throw new ConfigurationException("--keep must be a whole number above 0; found " + keep);
      }
      return (spark, out) ->
          registry(spark, config)
              .deleteOld(config.name(), keep)
              .forEach(version -> out.printf("deleted %s%n", version));
    }
  }
}
