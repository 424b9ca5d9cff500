/** The command line: parses, builds the session, runs one job, maps failures to exit codes. */
package io.meanmax.job.cli;
