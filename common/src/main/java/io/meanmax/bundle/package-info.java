/**
 * The versioned model bundle on any Hadoop file system, and the registry of the models in a folder.
 *
 * <pre>
 * &lt;models&gt;/&lt;name&gt;/current                 the live version's name
 * &lt;models&gt;/&lt;name&gt;/&lt;version&gt;/manifest.json  what the model is and what made it
 *                          network.zip    the network, as Deeplearning4j saves it
 *                          vocabulary.txt id, token, count, document count
 *                          labels.txt     id, label, count, weight
 *                          metrics.json   measured on splits of the data; evaluation may replace it
 *                          _SUCCESS       written last; holds the SHA-256 of manifest.json
 * </pre>
 *
 * <p>A version is written under a name that begins with {@code _tmp-} and renamed when it is whole;
 * {@code current} is replaced, never rewritten. Readers check what they open against the manifest,
 * so half a model is never used. Nothing in a bundle is read by Java deserialisation.
 *
 * <p>What holds where:
 *
 * <ul>
 *   <li>{@code hdfs:} and {@code file:} rename atomically: a version appears all at once, and a
 *       reader of {@code current} sees the old version or the new one.
 *   <li>Object stores ({@code s3a:} and its like) rename by copying: a version can be seen while it
 *       is incomplete, and is then refused; {@code current} is only changed after the copy ended.
 *       While it is replaced, {@code current} can be absent for a moment; a reader then fails with
 *       a message and may try again. No reader ever uses a half-written model or pointer there
 *       either.
 * </ul>
 *
 * <p>On {@code file:} Hadoop's {@code .crc} side files are neither written nor read here: the
 * manifest's checksums do their work and survive a copy by other tools.
 */
package io.meanmax.bundle;
