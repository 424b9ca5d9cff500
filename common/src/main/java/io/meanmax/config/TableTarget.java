package io.meanmax.config;

/**
 * A Hive table to write, or partitions of one.
 *
 * @param name {@code database.table}
 * @param partition the partitions; empty for a table that has none
 */
public record TableTarget(String name, PartitionSpec partition) {

  /** What a message calls it. */
  public String describe() {
    return partition.isEmpty() ? name : name + " partition " + partition;
  }

  /** A name for a folder of this target's own. */
  public String folderName() {
    String whole = partition.isEmpty() ? name : name + "-" + partition;
    return whole.replaceAll("[^A-Za-z0-9._=-]", "_");
  }
}
