package io.meanmax.job.documents;

/** Whether documents must carry a label. */
public enum Labelling {
  /** A document without a label is rejected. */
  REQUIRED,
  /** A label is read where there is one. */
  OPTIONAL
}
