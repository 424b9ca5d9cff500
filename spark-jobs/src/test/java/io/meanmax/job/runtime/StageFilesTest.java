package io.meanmax.job.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.job.testing.Corpus;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageFilesTest {
  @TempDir private Path folder;

  private StageFiles found(String name) throws IOException {
    FileSystem files = FileSystem.getLocal(new Configuration());
    return StageFiles.of(files, new org.apache.hadoop.fs.Path(folder.resolve(name).toString()));
  }

  @Test
  void files_areCountedInAllFolders_butForMarksHiddenOnesAndLeftovers() throws IOException {
    for (String data : new String[] {"part-0", "labels/part-0", "_rejected/part-0"}) {
      Corpus.write(folder.resolve("out").resolve(data), "four");
    }
    for (String other :
        new String[] {
          "_stage.json", "_SUCCESS", "labels/_SUCCESS", ".hidden", ".staging/x", "_temporary/0/x"
        }) {
      Corpus.write(folder.resolve("out").resolve(other), "other");
    }
    assertThat(found("out")).isEqualTo(new StageFiles(3, 12));
  }

  @Test
  void folderThatIsNotThere_hasNone() throws IOException {
    assertThat(found("nowhere")).isEqualTo(new StageFiles(0, 0));
  }

  @Test
  void moreThan_asksWhetherSomeAreGone() {
    StageFiles written = new StageFiles(3, 12);
    assertThat(written.moreThan(new StageFiles(3, 12))).isFalse();
    assertThat(written.moreThan(new StageFiles(4, 20))).isFalse();
    assertThat(written.moreThan(new StageFiles(2, 12))).isTrue();
    assertThat(written.moreThan(new StageFiles(3, 11))).isTrue();
  }
}
