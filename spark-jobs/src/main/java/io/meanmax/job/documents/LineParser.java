package io.meanmax.job.documents;

/** Reads a document from a line of text. Not thread-safe: one a partition. */
interface LineParser {

  /** What becomes of a line, which is not blank. */
  Parsed parse(String line);
}
