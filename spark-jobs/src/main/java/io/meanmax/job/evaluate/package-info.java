/** The {@code evaluate} job: labelled documents and a model → metrics. */
package io.meanmax.job.evaluate;
