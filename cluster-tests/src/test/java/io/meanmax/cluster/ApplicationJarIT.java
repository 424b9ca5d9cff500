package io.meanmax.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is in the jar that spark-submit is given, and what is not. */
@Tag("cluster")
class ApplicationJarIT {
  private static final Set<String> ENTRIES = entries(Built.applicationJar());
  private static final List<String> SPARKS_PACKAGES =
      List.of(
          "org/apache/spark/",
          "org/apache/hadoop/",
          "org/apache/commons/lang3/",
          "org/slf4j/",
          "com/fasterxml/jackson/",
          "com/google/common/",
          "com/google/gson/",
          "scala/");

  @Test
  void jar_holdsNoClassThatSparkShips() {
    Set<String> spark =
        Built.files(Built.sparkJars(), ".jar").stream()
            .map(ApplicationJarIT::entries)
            .flatMap(Collection::stream)
            .filter(ApplicationJarIT::isClass)
            .collect(Collectors.toSet());
    assertThat(spark).hasSizeGreaterThan(50_000);
    assertThat(ENTRIES.stream().filter(spark::contains).toList()).isEmpty();
  }

  @Test
  void jar_holdsNothingOfSparksPackages() {
    assertThat(ENTRIES)
        .filteredOn(ApplicationJarIT::isClass)
        .filteredOn(name -> SPARKS_PACKAGES.stream().anyMatch(name::startsWith))
        // DL4J's own, which reaches what is private to Spark's package.
        .allMatch(name -> name.startsWith("org/apache/spark/TaskContextHelper"));
  }

  @Test
  void jar_holdsUsAndWhatWeBring() {
    assertThat(ENTRIES)
        .contains(
            "io/meanmax/job/cli/Main.class",
            "io/meanmax/config/reference.conf",
            "org/deeplearning4j/spark/impl/graph/SparkComputationGraph.class",
            "org/apache/lucene/analysis/Analyzer.class",
            "com/hankcs/hanlp/HanLP.class",
            "picocli/CommandLine.class",
            "com/typesafe/config/Config.class")
        .anyMatch(name -> name.contains("libnd4jcpu."))
        .anyMatch(name -> name.contains("libopenblas"));
  }

  @Test
  void services_ofAllJarsAreThere() {
    String factories = text("META-INF/services/org.apache.lucene.analysis.TokenizerFactory");
    assertThat(factories)
        .contains("org.apache.lucene.analysis.standard.StandardTokenizerFactory")
        .contains("org.apache.lucene.analysis.core.WhitespaceTokenizerFactory");
  }

  @Test
  void licences_areKept() {
    assertThat(text("META-INF/MEANMAX-LICENSE")).contains("Apache License");
    assertThat(text("META-INF/LICENSE.txt")).contains("Apache License");
    assertThat(text("META-INF/NOTICE.txt")).contains("Apache Lucene");
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class")
        && !name.startsWith("META-INF/")
        && !name.equals("module-info.class");
  }

  private static Set<String> entries(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      List<String> names = new ArrayList<>();
      file.stream().map(ZipEntry::getName).forEach(names::add);
      return new TreeSet<>(names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String name) {
    try (JarFile file = new JarFile(Built.applicationJar().toFile())) {
      ZipEntry entry = file.getEntry(name);
      assertThat(entry).as(name).isNotNull();
      return new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
