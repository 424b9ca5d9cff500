package io.meanmax.job.train;

import io.meanmax.network.NetworkSpec;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a training: {@code <folder>/<fingerprint>/epoch-<number>}, written under a
 * temporary name and renamed, so that the last whole one always stands. A checkpoint that cannot be
 * written or read never fails the training; it costs epochs.
 */
final class Checkpoints {
  private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);
  private static final String PREFIX = "epoch-";

  private final Configuration conf;
  private final Path folder;
  private final Path own;
  private final int everyEpochs;

  /**
   * Checkpoints of one training.
   *
   * @param folder of all trainings' checkpoints of a model
   * @param fingerprint of data and settings: only what was made of the same is gone on with
   * @param everyEpochs from one to the next; 0: none is written or read
   */
  Checkpoints(Configuration conf, Path folder, String fingerprint, int everyEpochs) {
    this.conf = conf;
    this.folder = folder;
    this.own = new Path(folder, fingerprint);
    this.everyEpochs = everyEpochs;
  }

  /** The last one, with the trainer as it stood then; nothing if there is none that can be read. */
  Optional<Checkpoint> restore(NetworkSpec spec, Trainer trainer) {
    if (everyEpochs == 0) {
      return Optional.empty();
    }
    for (FileStatus file : newestFirst()) {
      try {
        return Optional.of(read(file, spec, trainer));
      } catch (IOException e) {
        log.warn("Cannot go on from {}: {}", file.getPath(), e.toString());
      }
    }
    return Optional.empty();
  }

  private Checkpoint read(FileStatus file, NetworkSpec spec, Trainer trainer) throws IOException {
    FileSystem files = file.getPath().getFileSystem(conf);
    try (InputStream in = files.open(file.getPath())) {
      Checkpoint.verify(in, file.getLen());
    }
    try (InputStream in = new BufferedInputStream(files.open(file.getPath()))) {
      return Checkpoint.read(in, spec, trainer);
    }
  }

  private List<FileStatus> newestFirst() {
    List<FileStatus> found = new ArrayList<>();
    try {
      for (FileStatus file : own.getFileSystem(conf).listStatus(own)) {
        if (file.getPath().getName().startsWith(PREFIX)) {
          found.add(file);
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      log.warn("Cannot look for checkpoints in {}: {}", own, e.toString());
    }
    found.sort(Comparator.comparing(FileStatus::getPath).reversed());
    return found;
  }

  /** Writes one, if it is time, and removes older ones. */
  void save(Checkpoint checkpoint, Trainer trainer) {
    if (everyEpochs == 0 || checkpoint.epochs() % everyEpochs != 0) {
      return;
    }
    List<FileStatus> older = newestFirst();
    Path temporary = new Path(own, "_tmp-" + UUID.randomUUID());
    Path target = new Path(own, PREFIX + "%07d".formatted(checkpoint.epochs()));
    try {
      FileSystem files = own.getFileSystem(conf);
      try (OutputStream out = new BufferedOutputStream(files.create(temporary, true))) {
        checkpoint.write(trainer, out);
      }
      FileContext.getFileContext(files.getUri(), conf)
          .rename(
              files.makeQualified(temporary),
              files.makeQualified(target),
              Options.Rename.OVERWRITE);
      for (FileStatus file : older) {
        if (!file.getPath().getName().equals(target.getName())) {
          files.delete(file.getPath(), false);
        }
      }
    } catch (IOException | FSError e) {
      log.warn("Cannot write {}; training goes on without it: {}", target, e.toString());
      delete(temporary);
    }
  }

  /** Removes the checkpoints of all trainings of the model: a version was published. */
  void clear() {
    if (everyEpochs > 0) {
      delete(folder);
    }
  }

  private void delete(Path path) {
    try {
      path.getFileSystem(conf).delete(path, true);
    } catch (IOException e) {
      log.warn("Cannot remove {}: {}", path, e.toString());
    }
  }
}
