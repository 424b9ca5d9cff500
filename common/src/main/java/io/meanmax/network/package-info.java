/**
 * What a network is: its specification, its parameters, a plain forward pass, and its
 * Deeplearning4j graph. Deeplearning4j is seen only here and in the {@code dl4j} trainer.
 */
package io.meanmax.network;
