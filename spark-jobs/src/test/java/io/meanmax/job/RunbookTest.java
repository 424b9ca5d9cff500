package io.meanmax.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The runbook quotes what the product says, so that searching for a message finds it. */
class RunbookTest {
  private static final Path GUIDE = Path.of("..", "docs", "how-to", "runbook.md");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  /** String literals that stand one after another, with what is put in between left out. */
  private static String said() throws IOException {
    try (Stream<Path> common = Files.walk(Path.of("..", "common", "src", "main"));
        Stream<Path> jobs = Files.walk(Path.of("src", "main"))) {
      List<Path> files =
          Stream.concat(common, jobs).filter(file -> file.toString().endsWith(".java")).toList();
      StringBuilder said = new StringBuilder();
      for (Path file : files) {
        said.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "")).append('\n');
      }
      return said.toString();
    }
  }

  private static List<String> messages() throws IOException {
    return Files.readString(GUIDE)
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(0, line.indexOf(" | ")))
        .flatMap(cell -> QUOTED.matcher(cell).results())
        .map((MatchResult found) -> found.group(1).replace("meanmax: ", ""))
        .filter(message -> message.contains(" "))
        .toList();
  }

  @Test
  void quotedMessages_areTheProducts() throws IOException {
    String said = said();
    assertThat(messages()).hasSizeGreaterThan(20);
    for (String message : messages()) {
      assertThat(
              Arrays.stream(message.split("…"))
                  .map(part -> part.replaceAll("^[\\s'.:;(]+|[\\s'.:;)]+$", ""))
                  .filter(part -> part.length() > 2 && !said.contains(part))
                  .collect(Collectors.toList()))
          .as(message)
          .isEmpty();
    }
  }
}
