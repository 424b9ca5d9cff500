/**
 * The sparse trainer's kernel: a forward and backward pass of the pooling classifier over plain
 * float arrays that reads and writes only the rows a document uses.
 *
 * <p>{@link io.meanmax.sparse.ExampleTrainer} is one pass; what it computes with stands in {@link
 * io.meanmax.sparse.VectorMath}, of which there are two: {@link io.meanmax.sparse.ScalarMath} reads
 * like the formulas, the other uses the Vector API where the JVM has it. {@link
 * io.meanmax.sparse.SparseModel} is what is trained, {@link io.meanmax.sparse.SparseTrainer}
 * several threads on it.
 */
package io.meanmax.sparse;
