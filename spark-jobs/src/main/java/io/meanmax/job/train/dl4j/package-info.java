/** The {@code dl4j} trainer: Deeplearning4j's parameter averaging on Spark. */
package io.meanmax.job.train.dl4j;
