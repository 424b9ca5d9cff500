/** Encoded examples and how a batch of them is padded and masked. */
package io.meanmax.encoding;
