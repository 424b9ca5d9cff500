package io.meanmax.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** HDFS with a name node and two data nodes in this JVM; every block lies on both. */
final class MiniHdfs implements AutoCloseable {
  private static final int DATA_NODES = 2;

  private final MiniDFSCluster cluster;
  private final Configuration conf;

  private MiniHdfs(MiniDFSCluster cluster, Configuration conf) {
    this.cluster = cluster;
    this.conf = conf;
  }

  /** Starts it; its files lie in {@code folder}. */
  static MiniHdfs start(Path folder) {
    // What a client sees of a lost node it tells itself; the servers' own pages of it help nobody.
    Configurator.setLevel("org.apache.hadoop", Level.OFF);
    Configuration conf = new Configuration();
    conf.setInt("dfs.replication", DATA_NODES);
    conf.set("dfs.namenode.fs-limits.min-block-size", "1024");
    try {
      MiniDFSCluster cluster =
          new MiniDFSCluster.Builder(conf, folder.toFile()).numDataNodes(DATA_NODES).build();
      cluster.waitActive();
      conf.set(FileSystem.FS_DEFAULT_NAME_KEY, cluster.getURI().toString());
      return new MiniHdfs(cluster, conf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a client of it has in its {@code core-site.xml}. */
  Configuration conf() {
    return conf;
  }

  /** Writes the client's settings into a folder for {@code HADOOP_CONF_DIR}, and gives it. */
  Path writeConf(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("core-site.xml"),
          """
          <configuration>
            <property><name>fs.defaultFS</name><value>%s</value></property>
            <property><name>dfs.replication</name><value>%d</value></property>
          </configuration>
          """
              .formatted(uri(""), DATA_NODES));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole name of an absolute path. */
  String uri(String path) {
    return conf.get(FileSystem.FS_DEFAULT_NAME_KEY) + path;
  }

  /**
   * Ends a data node, in which the name node goes on believing for ten minutes, until the result is
   * closed.
   */
  Stopped stopDataNode() {
    MiniDFSCluster.DataNodeProperties stopped = cluster.stopDataNode(0);
    return () -> {
      try {
        cluster.restartDataNode(stopped, true);
        cluster.waitActive();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** A data node that is gone until this is closed. */
  interface Stopped extends AutoCloseable {
    @Override
    void close();
  }

  String write(String path, List<String> lines) {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(uri(path));
    try (var out = files().create(file)) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean exists(String path) {
    try {
      return files().exists(new org.apache.hadoop.fs.Path(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names in a folder. */
  List<String> names(String folder) {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus file : files().listStatus(new org.apache.hadoop.fs.Path(folder))) {
        names.add(file.getPath().getName());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  private FileSystem files() throws IOException {
    return FileSystem.get(conf);
  }

  @Override
  public void close() {
    cluster.shutdown(true);
  }
}
