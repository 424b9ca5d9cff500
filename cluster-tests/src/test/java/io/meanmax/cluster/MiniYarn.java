package io.meanmax.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * YARN with a resource manager and two node managers in this JVM, containers as JVMs of their own.
 */
final class MiniYarn implements AutoCloseable {
  private static final int NODE_MANAGERS = 2;

  private final MiniYARNCluster cluster;
  private final YarnClient client;

  private MiniYarn(MiniYARNCluster cluster, YarnClient client) {
    this.cluster = cluster;
    this.client = client;
  }

  /** Starts it with this default file system. */
  static MiniYarn start(MiniHdfs hdfs) {
    YarnConfiguration conf = new YarnConfiguration(hdfs.conf());
    conf.setInt("yarn.scheduler.minimum-allocation-mb", 256);
    conf.setInt("yarn.nodemanager.resource.memory-mb", 4096);
    conf.setInt("yarn.nodemanager.resource.cpu-vcores", 4);
    conf.setBoolean("yarn.nodemanager.pmem-check-enabled", false);
    conf.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
    conf.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100");
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    conf.set("yarn.scheduler.capacity.root.queues", "default");
    conf.set("yarn.scheduler.capacity.root.default.capacity", "100");
    MiniYARNCluster cluster = new MiniYARNCluster("meanmax", 1, NODE_MANAGERS, 1, 1);
    cluster.init(conf);
    cluster.start();
    YarnClient client = YarnClient.createYarnClient();
    client.init(cluster.getConfig());
    client.start();
    return new MiniYarn(cluster, client);
  }

  /** Writes the client's settings into a folder for {@code HADOOP_CONF_DIR}, and gives it. */
  Path writeConf(Path folder) {
    Configuration all = cluster.getConfig();
    Configuration written = new Configuration(false);
    for (String key :
        new String[] {
          "fs.defaultFS",
          "dfs.replication",
          YarnConfiguration.RM_ADDRESS,
          YarnConfiguration.RM_SCHEDULER_ADDRESS,
          YarnConfiguration.RM_HOSTNAME
        }) {
      written.set(key, all.get(key));
    }
    try {
      Files.createDirectories(folder);
      for (String file : new String[] {"core-site.xml", "yarn-site.xml"}) {
        try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
          written.writeXml(out);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What YARN says of an application. */
  ApplicationReport report(String application) {
    try {
      return client.getApplicationReport(ApplicationId.fromString(application));
    } catch (YarnException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.stop();
    cluster.stop();
  }
}
