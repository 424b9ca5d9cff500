/** The vocabulary, the labels and their sample weights: which text has which id. */
package io.meanmax.vocabulary;
