/** The {@code score} job: documents and a model → predictions. */
package io.meanmax.job.score;
