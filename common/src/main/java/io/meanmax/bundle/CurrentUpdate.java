package io.meanmax.bundle;

/** What publishing does to the model's live version. */
public enum CurrentUpdate {
  /** The published version becomes the live one. */
  SET_CURRENT,
  /** The live version stays as it is, also when there is none. */
  KEEP_CURRENT
}
