/** The {@code encode} job: tokens → ids, label ids and weights. */
package io.meanmax.job.encode;
