/** The {@code tokenize} job: documents → tokens. */
package io.meanmax.job.tokenize;
