package io.meanmax.vocabulary;

import java.util.HashMap;
import java.util.List;

/** The labels of a model by id, 0 upwards, most frequent first. Immutable and thread-safe. */
public final class Labels implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /** The id of a label that training did not see. */
  public static final int UNSEEN = -1;

  /**
   * One label.
   *
   * @param label its text
   * @param count training documents that carry it
   * @param weight of each of its examples in training
   */
  public record Entry(String label, long count, double weight) implements java.io.Serializable {}

  private final List<Entry> entries;
  private final HashMap<String, Integer> ids = new HashMap<>();

  private Labels(List<Entry> entries) {
    this.entries = entries;
    for (int id = 0; id < entries.size(); id++) {
      if (ids.put(entries.get(id).label(), id) != null) {
        throw new IllegalArgumentException("Label '" + entries.get(id).label() + "' stands twice");
      }
    }
  }

  /** Labels by id. */
  public static Labels of(List<Entry> entries) {
    return new Labels(List.copyOf(entries));
  }

  /** How many labels there are. */
  public int size() {
    return entries.size();
  }

  /** The id of a label, or {@link #UNSEEN}. */
  public int id(String label) {
    return ids.getOrDefault(label, UNSEEN);
  }

  /** The text of a label. */
  public String label(int id) {
    return entries.get(id).label();
  }

  /** The texts of all labels by id. */
  public List<String> names() {
    return entries.stream().map(Entry::label).toList();
  }

  /** All entries by id. */
  public List<Entry> entries() {
    return entries;
  }
}
