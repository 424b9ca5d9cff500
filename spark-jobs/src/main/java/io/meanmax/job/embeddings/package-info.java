/** The {@code embeddings} job: a model → word vectors; documents and a model → document vectors. */
package io.meanmax.job.embeddings;
