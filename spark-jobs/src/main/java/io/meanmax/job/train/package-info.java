/** The {@code train} job: encoded examples → model bundle. Trainers are chosen by configuration. */
package io.meanmax.job.train;
