/** The {@code run} command's work: all stages one after another, those that need it. */
package io.meanmax.job.run;
