/** The {@code vocabulary} job: tokens → vocabulary and labels. */
package io.meanmax.job.vocabulary;
