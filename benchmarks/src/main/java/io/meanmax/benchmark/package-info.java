/**
 * The side-by-side runs of {@code scripts/benchmark}: MeanMax's trainers, fastText and Spark MLlib
 * on the same files, each in a process of its own, taking turns.
 *
 * <p>Start reading at {@link io.meanmax.benchmark.SideBySide}; a {@link
 * io.meanmax.benchmark.Contestant} is a system that is measured, a {@link
 * io.meanmax.benchmark.Cell} a setting it is measured in.
 */
package io.meanmax.benchmark;
