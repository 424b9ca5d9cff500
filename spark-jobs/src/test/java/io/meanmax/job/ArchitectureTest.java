package io.meanmax.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.meanmax.job.encode.ImportsTokenize;
import io.meanmax.job.runtime.ImportsRun;
import io.meanmax.text.ImportsSpark;
import java.io.ObjectInput;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What may know what. */
@AnalyzeClasses(packages = "io.meanmax", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final List<String> JOBS =
      List.of(
          "generate",
          "tokenize",
          "vocabulary",
          "encode",
          "train",
          "evaluate",
          "score",
          "embeddings");

  private static final DescribedPredicate<JavaMethodCall> DESERIALIZES =
      DescribedPredicate.describe(
          "deserialise",
          call -> {
            String owner = call.getTargetOwner().getSimpleName();
            String method = call.getName();
            return method.equals("readObject")
                || (owner.equals("Nd4j") && method.startsWith("read"))
                || (owner.equals("ModelSerializer") && !method.startsWith("write"))
                || owner.equals("SerializationUtils")
                || (owner.equals("ObjectMapper") && method.endsWith("DefaultTyping"));
          });

  @ArchTest
  static final ArchRule common_knowsNoSpark =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("io.meanmax..")
          .and()
          .resideOutsideOfPackage("io.meanmax.job..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..", "io.meanmax.job..");

  @ArchTest
  static final ArchRule deeplearning4j_isKnownInTwoPlacesOnly =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("io.meanmax..")
          .and()
          .resideOutsideOfPackages("io.meanmax.network..", "io.meanmax.job.train.dl4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.datavec..");

  @ArchTest
  static final ArchRule jobs_knowNoOtherJob =
      CompositeArchRule.of(JOBS.stream().map(ArchitectureTest::knowsNoOther).toList());

  @ArchTest
  static final ArchRule sharedPackages_knowNoJob =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAnyPackage(packages(Stream.of("runtime", "schema", "documents")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages(Stream.concat(JOBS.stream(), Stream.of("run", "cli"))));

  @ArchTest
  static final ArchRule run_doesNotKnowTheCommandLine =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("io.meanmax.job.run..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.meanmax.job.cli..");

  /**
   * What is read from a bundle, or anywhere, is never an object of the writer's choice. Spark
   * deserialises what the executors of one application send each other; that is its own.
   */
  @ArchTest
  static final ArchRule nothing_isDeserialized =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("io.meanmax..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ObjectInput.class)
          .orShould()
          .callMethodWhere(DESERIALIZES);

  private static ArchRule knowsNoOther(String job) {
    Stream<String> others = JOBS.stream().filter(other -> !other.equals(job));
    return ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage("io.meanmax.job." + job + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(Stream.concat(others, Stream.of("run", "cli"))));
  }

  private static String[] packages(Stream<String> names) {
    return names.map(name -> "io.meanmax.job." + name + "..").toArray(String[]::new);
  }

  private static void requireBroken(ArchRule rule, Class<?> by) {
    JavaClasses violating = new ClassFileImporter().importClasses(by);
    assertThatThrownBy(() -> rule.allowEmptyShould(true).check(violating))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(by.getName());
  }

  @Test
  void rules_canFail() {
    requireBroken(common_knowsNoSpark, ImportsSpark.class);
    requireBroken(deeplearning4j_isKnownInTwoPlacesOnly, ImportsTokenize.class);
    requireBroken(jobs_knowNoOtherJob, ImportsTokenize.class);
    requireBroken(sharedPackages_knowNoJob, ImportsRun.class);
    requireBroken(nothing_isDeserialized, Deserializes.ByStream.class);
    requireBroken(nothing_isDeserialized, Deserializes.ByDl4j.class);
    requireBroken(nothing_isDeserialized, Deserializes.ByNd4j.class);
    requireBroken(nothing_isDeserialized, Deserializes.ByJackson.class);
  }

  @ArchTest
  static void everyJobPackage_isNamedInTheRules(JavaClasses classes) {
    assertThat(classes.getPackage("io.meanmax.job").getSubpackages())
        .extracting(each -> each.getRelativeName())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(JOBS.stream(), Stream.of("run", "cli", "runtime", "schema", "documents"))
                .toList());
  }
}
