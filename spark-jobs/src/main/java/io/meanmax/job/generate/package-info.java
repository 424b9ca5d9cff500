/** The {@code generate} job: a synthetic corpus of users' words, labelled with their age. */
package io.meanmax.job.generate;
