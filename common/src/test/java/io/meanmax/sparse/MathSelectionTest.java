package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.meanmax.ForkedJvm;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MathSelectionTest {
  private static final Pattern PARAMETERS = Pattern.compile("(?m)^parameters \\[(.*)]$");

  private static double[] parameters(String said) {
    Matcher matcher = PARAMETERS.matcher(said);
    assertThat(matcher.find()).as(said).isTrue();
    return Stream.of(matcher.group(1).split(", ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static List<String> choices(String said) {
    return said.lines().filter(line -> line.contains("Computing with")).toList();
  }

  @Test
  void withoutTheModule_oneWarning_andTheSameResults() throws Exception {
    String said = ForkedJvm.run(MathSelectionProcess.class);
    assertThat(said).contains("kernel scalar\n");
    assertThat(choices(said))
        .singleElement()
        .asString()
        .contains("WARN")
        .contains("this JVM was started without --add-modules jdk.incubator.vector");
    assertThat(MathSelection.SELECTED.name()).as("kernel here").startsWith("Vector API");
    float[] here = MathSelectionProcess.trained();
    double[] there = parameters(said);
    assertThat(there).hasSameSizeAs(here);
    for (int i = 0; i < there.length; i++) {
      if (Math.abs(here[i]) > 1e-3) {
        assertThat(there[i]).isCloseTo(here[i], withinPercentage(0.1));
      } else {
        assertThat(Math.abs(there[i])).isLessThan(2e-3);
      }
    }
  }

  @Test
  void withTheModule_oneLineSaysWhichAndWhy() throws Exception {
    String said = ForkedJvm.run(MathSelectionProcess.class, "--add-modules=jdk.incubator.vector");
    assertThat(choices(said))
        .singleElement()
        .asString()
        .contains("INFO")
        .contains("Computing with the kernel of the Vector API, ")
        .endsWith(" bit: this JVM has the module jdk.incubator.vector");
  }
}
