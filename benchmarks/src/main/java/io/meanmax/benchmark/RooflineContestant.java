package io.meanmax.benchmark;

import io.meanmax.sparse.RooflineProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What memory allows: the kernel's gather and scatter alone, on the corpus's own ids. */
final class RooflineContestant implements Contestant {
  private final Options options;

  RooflineContestant(Options options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "roofline";
  }

  @Override
  public boolean isSlow() {
    return false;
  }

  @Override
  public Optional<String> obstacle(Cell cell) {
    return Optional.empty();
  }

  @Override
  public Cell relevant(Cell cell) {
    return cell.with(null);
  }

  @Override
  public Optional<String> note(Cell cell) {
    return Optional.of("1/(1/gather + 1/scatter) of the kernel alone, same words and table");
  }

  @Override
  public Measurement measure(Cell cell) throws IOException {
    Path folder = options.freshFolder(name());
    ChildJvm.Answer answer =
        ChildJvm.run(
            folder,
            options.heap(),
            Map.of(),
            RooflineProcess.class.getName(),
            List.of(
                cell.corpus().train().toString(),
                cell.dimension().toString(),
                Integer.toString(cell.threads())));
    options.delete(folder);
    return Measurement.of(answer.figures());
  }
}
