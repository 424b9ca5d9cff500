/**
 * The {@code sparse} trainer on Spark: each worker keeps a replica of the model between rounds,
 * trains a share of its examples, and hands over the rows it touched; the driver merges them and
 * sends the merged rows with the next round.
 */
package io.meanmax.job.train.sparse;
