/** Tables of vectors, and the formats in which they are exchanged. */
package io.meanmax.embedding;
