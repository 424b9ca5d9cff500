package io.meanmax.benchmark;

import java.io.IOException;
import java.util.Optional;

/** A system that is measured. */
sealed interface Contestant
    permits MeanMaxContestant, FastTextContestant, MllibContestant, RooflineContestant {

  /** What table and JSON call it. */
  String name();

  /** Whether a run takes so long that {@code --quick} measures it in one cell only. */
  boolean isSlow();

  /** Why it cannot be measured in a cell on this machine, if so. */
  Optional<String> obstacle(Cell cell);

  /** What of a cell makes a difference to it; cells that are then the same are measured once. */
  Cell relevant(Cell cell);

  /** What a reader of its rows must know. */
  Optional<String> note(Cell cell);

  /**
   * Measures once.
   *
   * @throws IOException if the system fails; the message says where its log stands
   */
  Measurement measure(Cell cell) throws IOException;
}
