package io.meanmax.embedding;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jol.vm.VM;

/** Tells whether rows of small tables begin on cache lines, also after a collection. */
final class AlignedTableProcess {
  private static final int LINE = 64;

  private AlignedTableProcess() {}

  /** Between the tables stand arrays of all multiples of 8 bytes, as the JVM aligns objects. */
  public static void main(String[] args) {
    List<EmbeddingTable> tables = new ArrayList<>();
    List<byte[]> between = new ArrayList<>();
    for (int rows = 1; rows < 20; rows++) {
      tables.add(EmbeddingTable.aligned(rows, 80));
      between.add(new byte[8 * rows]);
    }
    boolean before = areAligned(tables);
    System.gc();
    System.out.println("aligned " + (before && areAligned(tables)));
    System.out.println("floats " + tables.get(0).page(0).length);
    System.out.println("kept " + between.size());
  }

  private static boolean areAligned(List<EmbeddingTable> tables) {
    return tables.stream().allMatch(table -> addressOfRow(table, table.rows() - 1) % LINE == 0);
  }

  private static long addressOfRow(EmbeddingTable table, int row) {
    float[] page = table.page(row);
    return VM.current().addressOf(page)
        + VM.current().arrayHeaderSize()
        + (long) Float.BYTES * table.offset(row);
  }
}
