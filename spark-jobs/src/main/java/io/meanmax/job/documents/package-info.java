/**
 * Documents as every job reads them: fastText lines, JSON lines, CSV, Parquet, ORC, Hive tables and
 * queries; what cannot be used is set aside with its source and reason.
 */
package io.meanmax.job.documents;
