/** The columns of every data contract, in one place. */
package io.meanmax.job.schema;
