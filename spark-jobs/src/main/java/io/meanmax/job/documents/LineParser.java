package io.meanmax.job.documents;

/** Reads a document from a line of text. Not thread-safe: one a partition. */
interface LineParser {

  /** What becomes of a line, which is not blank; or null where the line is no row (a header). */
  Parsed parse(String line);
}
