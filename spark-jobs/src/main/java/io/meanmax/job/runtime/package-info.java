/** What every job stands on: the session, stage outputs and records, progress, failures. */
package io.meanmax.job.runtime;
